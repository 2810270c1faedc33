package dev.lathe.app.sweep;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.FoldingRow;
import dev.lathe.app.project.SweepState;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.FileReason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.stage.FileChooser;

/// The Sweep tab: what to vary at the left, what was found as a table and as curves.
public final class SweepView extends StackPane {
    private static final double FORM = 330;
    private static final double CURVE = 190;
    private static final double LEAST_TABLE = 300;

    private final SweepViewModel model;
    private final Supplier<Optional<Path>> file;
    private final SweepTable table = new SweepTable();
    private final List<CurveView> curves = new ArrayList<>();
    private final HBox charts = new HBox();
    private final HBox content = new HBox();
    private final EmptyPane nothing = new EmptyPane(
            "mdi2c-chart-bell-curve-cumulative",
            "No sweep of this variant yet",
            "Say at the left what is varied, and start: latency, throughput and memory of every point come here.");
    private final FoldingRow tools = new FoldingRow(8);
    private final Label figures = Controls.label("", "compare-figure");
    private final ProgressBar bar = new ProgressBar();
    private final Button export;
    private final Label problem = Controls.label("", "pane-problem");

    /// @param file of the shown variant's model, which exported lines name
    public SweepView(
            SweepViewModel model, ObservableValue<Palette> palette, String fontFamily, Supplier<Optional<Path>> file) {
        this.model = model;
        this.file = file;
        getStyleClass().add("sweep-view");
        ScrollPane form = new ScrollPane(new SweepForm(model));
        form.setFitToWidth(true);
        form.getStyleClass().add("sweep-scroll");
        form.setMinWidth(FORM);
        form.setPrefWidth(FORM);
        form.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        for (int i = 0; i < SweepCurve.Quantity.values().length; i++) {
            CurveView c = new CurveView(palette, fontFamily);
            c.setPrefWidth(CURVE);
            HBox.setHgrow(c, Priority.ALWAYS);
            curves.add(c);
        }
        charts.getChildren().setAll(curves);
        charts.setMinWidth(0);
        HBox.setHgrow(table, Priority.ALWAYS);
        HBox.setHgrow(charts, Priority.ALWAYS);
        HBox found = new HBox(table, charts);
        StackPane results = new StackPane(found, nothing);
        HBox.setHgrow(results, Priority.ALWAYS);
        results.setMinWidth(0);
        found.visibleProperty().bind(nothing.visibleProperty().not());
        content.getChildren().setAll(form, results);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setOnMouseClicked(e -> say(""));
        say("");
        BorderPane whole = new BorderPane(content);
        whole.setTop(problem);
        EmptyPane noModel = new EmptyPane(
                "mdi2c-chart-bell-curve-cumulative",
                "No model",
                "Open a model to measure it at many sizes: drop a file on the window, or press Ctrl+O.");
        getChildren().addAll(whole, noModel);
        noModel.visibleProperty().bind(model.state().map(s -> !s.hasModel()));
        whole.visibleProperty().bind(model.state().map(SweepShown::hasModel));
        bar.setPrefWidth(90);
        export = Controls.iconButton(
                "mdi2d-download-outline",
                "Save as CSV, or as lines that lathe run --resume goes on from",
                this::askAndExport);
        export.getStyleClass().add("small-icon-button");
        export.setId("sweep-export");
        tools.getStyleClass().add("tab-tools");
        widthProperty().addListener((o, before, now) -> arrange());
        model.state().subscribe(this::show);
    }

    /// What stands at the right of the tab strip: how far it is, the best point, saving.
    public Node tools() {
        return tools;
    }

    /// Writes what was found: lines of JSON to a file that ends in `.jsonl`, else CSV.
    ///
    /// @throws IOException when the file cannot be written
    public void export(Path target) throws IOException {
        Optional<SweepState> sweep = model.state().get().sweep();
        Optional<Path> of = file.get();
        if (sweep.isPresent()) {
            boolean lines = target.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl") && of.isPresent();
            Files.writeString(
                    target, lines ? SweepText.lines(sweep.get(), of.orElseThrow()) : SweepText.csv(sweep.get()));
        }
    }

    private void askAndExport() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the sweep");
        chooser.setInitialFileName("sweep.csv");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("CSV", "*.csv"),
                        new FileChooser.ExtensionFilter("Lines of JSON", "*.jsonl"));
        File target = chooser.showSaveDialog(getScene().getWindow());
        if (target != null) {
            try {
                export(target.toPath());
            } catch (IOException e) {
                say("Could not write " + target + ": " + FileReason.of(e) + ".");
            }
        }
    }

    private void say(String text) {
        problem.setText(text);
        problem.setVisible(!text.isEmpty());
        problem.setManaged(!text.isEmpty());
    }

    private void show(SweepShown s) {
        table.show(s);
        nothing.setVisible(s.sweep().isEmpty());
        List<SweepCurve> found = SweepCurves.of(s);
        for (int i = 0; i < found.size(); i++) {
            curves.get(i).show(found.get(i));
        }
        arrange();
        figures.setText(words(s));
        long all = s.rows().size();
        bar.setProgress(all == 0 ? 0 : (double) s.measured() / all);
        List<FoldingRow.Part> parts = new ArrayList<>();
        if (s.sweep().isPresent()) {
            parts.add(new FoldingRow.Part(figures, 1));
            if (s.sweep().get().running()) {
                parts.add(new FoldingRow.Part(bar, 2));
            }
            parts.add(new FoldingRow.Part(export, 0));
        }
        tools.show(parts);
        export.setDisable(s.measured() == 0);
    }

    /// As many charts as there is room for beside the table.
    private void arrange() {
        boolean any = !SweepCurves.of(model.state().get()).isEmpty();
        double room = getWidth() - FORM - LEAST_TABLE;
        int fit = any ? (int) Math.clamp((long) (room / CURVE), 0, curves.size()) : 0;
        for (int i = 0; i < curves.size(); i++) {
            curves.get(i).setVisible(i < fit);
            curves.get(i).setManaged(i < fit);
        }
        charts.setManaged(fit > 0);
        charts.setVisible(fit > 0);
        charts.setMinWidth(fit * CURVE);
        charts.setPrefWidth(Math.max(fit * CURVE, (getWidth() - FORM) * 0.5));
    }

    private static String words(SweepShown s) {
        String best = s.best()
                .map(r -> "best: "
                        + String.join(
                                ", ",
                                s.varied().stream()
                                        .map(v -> v + " " + Numbers.grouped(r.value(v)))
                                        .toList())
                        + ", " + Numbers.digits(r.perSecond().orElse(0), 3) + (s.perItem() ? " items/s" : " runs/s"))
                .orElse("");
        String done = s.measured() + " of " + s.rows().size() + " points";
        return s.phase()
                .map(p -> switch (p) {
                    case RUNNING -> done;
                    case PAUSED -> "paused at " + done;
                    case ENDED -> s.measured() < s.rows().size() ? done : "";
                })
                .filter(t -> !t.isEmpty())
                .map(t -> best.isEmpty() ? t : t + " · " + best)
                .orElse(best);
    }
}
