package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Workbench;
import dev.lathe.graph.analyze.DimBindings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The popover with a field for each dimension that the model leaves open.
public final class DimsForm extends VBox {
    private final Map<String, TextField> fields = new LinkedHashMap<>();
    private final Button apply;

    public DimsForm(Workbench workbench, Overlay overlay) {
        super(12);
        setId("dims-form");
        setPadding(new Insets(14));
        setPrefWidth(360);
        Project p = workbench.store().state();
        GridPane grid = new GridPane(12, 8);
        int line = 0;
        for (String name : Workbench.freeDims(p)) {
            Long size = p.dims().sizes().get(name);
            TextField field = new TextField(size == null ? "" : size.toString());
            field.setId("dim-" + name);
            field.setPrefColumnCount(7);
            field.setMinWidth(USE_PREF_SIZE);
            field.setPromptText("open");
            field.textProperty().addListener((o, a, b) -> check());
            fields.put(name, field);
            Label label = Controls.label(name);
            label.setTooltip(new Tooltip(name));
            Label assumed = Controls.label(p.assumedDims().contains(name) ? "assumed" : "", "caption");
            assumed.setMinWidth(USE_PREF_SIZE);
            GridPane.setHgrow(label, Priority.ALWAYS);
            grid.add(label, 0, line);
            grid.add(field, 1, line);
            grid.add(assumed, 2, line++);
        }
        apply = Controls.button("mdi2c-check", "Apply", "primary-button", () -> {
            workbench.setDims(new DimBindings(sizes(p)));
            overlay.close();
        });
        apply.setDefaultButton(true);
        Label what = Controls.label(
                fields.isEmpty()
                        ? "This model leaves no dimension open."
                        : "The file leaves these sizes open. Costs, shapes and runs are for the sizes set here.",
                "small",
                "muted");
        what.setWrapText(true);
        getChildren().addAll(Controls.label("Sizes of free dimensions", "strong"), what);
        if (!fields.isEmpty()) {
            HBox buttons = new HBox(8, Controls.gap(), apply);
            buttons.setAlignment(Pos.CENTER_RIGHT);
            getChildren().addAll(grid, buttons);
        }
    }

    /// Puts the focus into the first field.
    public void focusFirst() {
        fields.values().stream().findFirst().ifPresent(f -> {
            f.requestFocus();
            f.selectAll();
        });
    }

    private void check() {
        apply.setDisable(!fields.values().stream()
                .allMatch(f -> f.getText().isBlank() || f.getText().strip().matches("[1-9][0-9]{0,8}")));
    }

    private Map<String, Long> sizes(Project p) {
        Map<String, Long> sizes = new HashMap<>(p.dims().sizes());
        fields.forEach((name, field) -> {
            if (field.getText().isBlank()) {
                sizes.remove(name);
            } else {
                sizes.put(name, Long.valueOf(field.getText().strip()));
            }
        });
        return sizes;
    }
}
