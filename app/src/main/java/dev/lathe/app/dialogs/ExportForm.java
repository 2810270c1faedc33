package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.project.FileNames;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.ui.Numbers;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;

/// The form that takes away what was made: the shown variant's model, its recipe, the report.
public final class ExportForm extends VBox {
    private final Workbench workbench;
    private final Overlay overlay;

    public ExportForm(Workbench workbench, Overlay overlay) {
        super(10);
        this.workbench = workbench;
        this.overlay = overlay;
        setId("export-form");
        setPadding(new Insets(16));
        setPrefWidth(560);
        Project p = workbench.store().state();
        Optional<Variant> shown = p.shown().filter(v -> v.ready().isPresent());
        getChildren().add(Controls.label("Export", "strong"));
        if (shown.isEmpty()) {
            getChildren().add(Controls.label("The shown variant is not ready yet.", "small", "muted"));
            return;
        }
        Variant v = shown.get();
        String name = FileNames.of(p, v);
        String size = v.ready().map(r -> Numbers.fileSize(r.fileBytes())).orElse("");
        ComboBox<WeightChoice> weights = weights();
        HBox model = row(
                "mdi2g-graph-outline",
                "Model",
                "“" + v.name() + "” as ONNX, " + size + "; weights that were not changed are copied as they are",
                "export-model",
                () -> file(name + ".onnx", "ONNX model", "*.onnx")
                        .ifPresent(f ->
                                workbench.exportModel(v, f, weights.getValue().placement())),
                weights);
        // A program, or stages in files of their own: nothing here could write them as one model.
        if (p.kind().canBeChanged()) {
            getChildren().add(model);
        }
        if (!v.recipe().steps().isEmpty()) {
            getChildren()
                    .add(row(
                            "mdi2t-tune-variant",
                            "Recipe",
                            "the " + v.recipe().steps().size()
                                    + " step(s) that made it, as a file that the command line replays",
                            "export-recipe",
                            () -> file(name + ".recipe.json", "Lathe recipe", "*.json")
                                    .ifPresent(f -> workbench.exportRecipe(v, f))));
        }
        getChildren()
                .add(row(
                        "mdi2f-file-document-outline",
                        "Report",
                        "one HTML page that opens offline, layers.csv, and trace.json for Perfetto",
                        "export-report",
                        () -> folder().ifPresent(workbench::exportReport)));
    }

    private static ComboBox<WeightChoice> weights() {
        ComboBox<WeightChoice> box = new ComboBox<>();
        box.getItems().setAll(WeightChoice.values());
        box.setValue(WeightChoice.KEEP);
        box.setId("export-weights");
        box.setAccessibleText("Where the weights go");
        return box;
    }

    private HBox row(String icon, String title, String text, String id, Runnable act, Node... options) {
        Label what = Controls.label(text, "small", "muted");
        what.setWrapText(true);
        VBox words = new VBox(2, Controls.label(title, "strong"), what);
        for (Node option : options) {
            VBox.setMargin(option, new Insets(6, 0, 0, 0));
            words.getChildren().add(option);
        }
        Button save = Controls.button("mdi2e-export-variant", "Save…", "plain-button", () -> {
            overlay.close();
            act.run();
        });
        save.setId(id);
        save.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(words, javafx.scene.layout.Priority.ALWAYS);
        HBox row = new HBox(12, Controls.icon(icon, "muted"), words, save);
        row.getStyleClass().add("option-card");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Optional<Path> file(String name, String kind, String pattern) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export");
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind, pattern));
        return Optional.ofNullable(chooser.showSaveDialog(owner())).map(File::toPath);
    }

    private Optional<Path> folder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Folder for the report");
        return Optional.ofNullable(chooser.showDialog(owner())).map(File::toPath);
    }

    private javafx.stage.Window owner() {
        Node node = overlay;
        return node.getScene().getWindow();
    }
}
