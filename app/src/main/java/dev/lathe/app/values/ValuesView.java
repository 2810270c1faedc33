package dev.lathe.app.values;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.Segments;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.FileReason;
import dev.lathe.core.Job;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.controlsfx.control.SegmentedButton;

/// The Values tab: what a tensor held in a run (statistics, a slice, a picture), or how far the tensors of two variants
/// are apart.
public final class ValuesView extends StackPane {
    private static final double IMAGE = 240;
    private static final double STATISTICS = 250;
    private static final double WIDE = 860;

    private final ValuesViewModel model;
    private final ObservableValue<Palette> palette;
    private final SliceTable table = new SliceTable();
    private final SliceBar axes;
    private final ImageBox image = new ImageBox();
    private final StatisticsBox statistics;
    private final ComboBox<TensorChoice> choice = new ComboBox<>();
    private final ComboBox<String> other = new ComboBox<>();
    private final Button look;
    private final Button hold;
    private final Button save;
    private final HBox offer = new HBox(10);
    private final Label offerText = Controls.label("", "offer-text");
    private final Label problem = Controls.label("", "pane-problem");
    private final HBox found = new HBox();
    private final ApartTable apart;
    private final Label apartOf = Controls.label("", "chart-remark");
    private final BorderPane compared = new BorderPane();
    private final HBox tools = new HBox(8);
    private final ToggleButton perTensor = segment("tensor");
    private final ToggleButton perVariant = segment("variants");
    private long firstColumn;
    private boolean filling;

    /// @param pick told the tensor of a row that the user chose
    public ValuesView(ValuesViewModel model, ObservableValue<Palette> palette, Consumer<String> pick) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("values-view");
        axes = new SliceBar(model, from -> {
            firstColumn = from;
            model.state().get().slice().ifPresent(s -> table.show(s, firstColumn));
        });
        statistics = new StatisticsBox(palette);
        statistics.setMinWidth(STATISTICS);
        statistics.setMaxWidth(STATISTICS);
        apart = new ApartTable(pick);
        look = button("mdi2e-eye-outline", "Show values", "primary-button", "values-look", model::look);
        hold = button(
                "mdi2c-compare",
                "Compare values",
                "primary-button",
                "values-compare",
                () -> model.holdAgainst(other.getSelectionModel().getSelectedIndex()));
        save = Controls.iconButton("mdi2d-download-outline", "Save as a NumPy file (.npy)", this::askAndSave);
        save.getStyleClass().add("small-icon-button");
        save.setId("values-save");
        build();
        model.state().subscribe(this::show);
        model.running().subscribe(this::running);
        palette.addListener((o, before, now) -> show(model.state().get()));
    }

    private void build() {
        choice.setId("values-tensor");
        choice.setPrefWidth(260);
        choice.setMinWidth(80);
        choice.valueProperty().addListener((o, before, now) -> {
            if (now != null && !filling) {
                model.choose(now);
            }
        });
        other.setId("values-other");
        other.setPrefWidth(160);
        other.setMinWidth(80);
        VBox slice = new VBox(axes, table);
        VBox.setVgrow(table, Priority.ALWAYS);
        HBox.setHgrow(slice, Priority.ALWAYS);
        slice.setMinWidth(0);
        image.setMinWidth(IMAGE);
        image.setPrefWidth(IMAGE);
        found.getChildren().setAll(statistics, slice, image);
        // Where it is narrow, the numbers are what is left.
        widthProperty().subscribe(w -> image.setManaged(w.doubleValue() >= WIDE));
        compared.setCenter(apart);
        compared.setBottom(apartOf);
        Button cancel = button("mdi2c-close", "Cancel", "plain-button", "values-cancel", model::cancel);
        offerText.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(offerText, Priority.ALWAYS);
        offer.getStyleClass().add("pane-offer");
        offer.setAlignment(Pos.CENTER_LEFT);
        offer.getChildren().setAll(offerText, cancel);
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        EmptyPane noModel = new EmptyPane(
                "mdi2m-matrix",
                "No model",
                "Open a model to see what its tensors hold: drop a file on the window, or press Ctrl+O.");
        EmptyPane noValues = new EmptyPane(
                "mdi2m-matrix",
                "No values yet",
                "Select a layer, choose one of its tensors above, and press Show values: the model runs once, on random"
                        + " inputs.");
        EmptyPane noApart = new EmptyPane(
                "mdi2m-matrix",
                "Not compared yet",
                "Choose another variant above, and press Compare values: both run on the same inputs, and every tensor"
                        + " that they share is held against the other's.");
        StackPane middle = new StackPane(found, compared, noValues, noApart);
        BorderPane whole = new BorderPane(middle);
        whole.setTop(new VBox(offer, problem));
        getChildren().setAll(whole, noModel);
        SegmentedButton segments = Segments.of(List.of(perTensor, perVariant));
        perTensor.setSelected(true);
        perVariant
                .selectedProperty()
                .addListener((o, before, now) -> show(model.state().get()));
        tools.getStyleClass().add("tab-tools");
        tools.setAlignment(Pos.CENTER_RIGHT);
        tools.getChildren().setAll(choice, look, save, other, hold, segments);
        noModel.visibleProperty().bind(model.state().map(s -> !s.hasModel()));
        whole.visibleProperty().bind(model.state().map(ValuesShown::hasModel));
        noValues.visibleProperty().bind(perTensor.selectedProperty().and(new javafx.beans.binding.BooleanBinding() {
            {
                bind(model.state());
            }

            @Override
            protected boolean computeValue() {
                return model.state().get().slice().isEmpty();
            }
        }));
        noApart.visibleProperty().bind(perVariant.selectedProperty().and(new javafx.beans.binding.BooleanBinding() {
            {
                bind(model.state());
            }

            @Override
            protected boolean computeValue() {
                return model.state().get().apartOf().isEmpty();
            }
        }));
        found.visibleProperty()
                .bind(perTensor
                        .selectedProperty()
                        .and(noValues.visibleProperty().not()));
        compared.visibleProperty()
                .bind(perVariant
                        .selectedProperty()
                        .and(noApart.visibleProperty().not()));
    }

    /// The tensor, or the variant to compare with: what stands at the right of the tab strip.
    public Node tools() {
        return tools;
    }

    /// Writes the shown tensor as a NumPy file.
    ///
    /// @throws IOException when it cannot be written
    public void save(Path target) throws IOException {
        Optional<TensorSlice> s = model.state().get().slice();
        if (s.isPresent()) {
            s.get().tensor().save(target);
        }
    }

    private void askAndSave() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the tensor for NumPy");
        chooser.setInitialFileName("tensor.npy");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("NumPy", "*.npy"));
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            try {
                save(file.toPath());
            } catch (IOException e) {
                say("Could not write " + file + ": " + FileReason.of(e) + ".");
            }
        }
    }

    private void say(String text) {
        problem.setText(text);
        problem.setVisible(!text.isEmpty());
        problem.setManaged(!text.isEmpty());
    }

    private void show(ValuesShown s) {
        filling = true;
        if (!choice.getItems().equals(s.choices())) {
            choice.getItems().setAll(s.choices());
        }
        s.chosen().ifPresent(choice::setValue);
        if (!other.getItems().equals(s.others())) {
            other.getItems().setAll(s.others());
            other.getSelectionModel().selectFirst();
        }
        filling = false;
        boolean tensors = perTensor.isSelected();
        List.of(choice, look, save).forEach(n -> seen(n, tensors));
        List.of(other, hold).forEach(n -> seen(n, !tensors));
        hold.setDisable(s.others().isEmpty() || model.running().get().isPresent());
        save.setDisable(s.slice().filter(x -> x.tensor().canSave()).isEmpty());
        say(s.problem());
        s.slice().ifPresent(this::show);
        apart.show(s.apart());
        long shared = s.apart().size();
        apartOf.setText(s.apartOf().isEmpty() ? "" : shared + " tensors against those of " + s.apartOf());
    }

    private void show(TensorSlice s) {
        if (firstColumn >= s.columns()) {
            firstColumn = 0;
        }
        statistics.show(s.tensor());
        axes.show(s);
        table.show(s, firstColumn);
        boolean colours = TensorImage.channels(s.tensor().dims()) >= 0;
        image.show(
                colours
                        ? TensorImage.colours(s)
                        : TensorImage.heat(s, palette.getValue().dark()));
    }

    private void running(Optional<Job.Progress> progress) {
        offer.setVisible(progress.isPresent());
        offer.setManaged(progress.isPresent());
        offerText.setText(progress.map(p -> "Running for values: " + p.step()).orElse(""));
        look.setDisable(progress.isPresent());
        hold.setDisable(progress.isPresent() || model.state().get().others().isEmpty());
    }

    private static void seen(Node n, boolean so) {
        n.setVisible(so);
        n.setManaged(so);
    }

    private static ToggleButton segment(String text) {
        ToggleButton b = new ToggleButton(text);
        b.setId("values-per-" + text);
        return b;
    }

    private static Button button(String icon, String text, String style, String id, Runnable act) {
        Button b = Controls.button(icon, text, style, act);
        b.setId(id);
        b.setMinWidth(USE_PREF_SIZE);
        return b;
    }
}
