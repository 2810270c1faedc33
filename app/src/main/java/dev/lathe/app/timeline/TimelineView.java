package dev.lathe.app.timeline;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.FoldingRow;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.stage.FileChooser;

/// The Timeline tab: the kernels of a profiled run, or a trace file, by thread and device, with what their kinds took.
public final class TimelineView extends StackPane {
    private static final String KEYS = "wheel: zoom · drag: move · drag along the ruler: sum up a stretch";

    private final TimelineViewModel model;
    private final ObservableValue<Palette> palette;
    private final FlowPane legend = new FlowPane(14, 0);
    private final Label told = Controls.label("", "chart-remark");
    private final Label problem = Controls.label("", "pane-problem");
    private final HBox offer = new HBox(10);
    private final Label offerText = Controls.label("", "offer-text");
    private final FoldingRow tools = new FoldingRow(8);
    private final Label what = Controls.label("", "chart-remark");
    private final Button fit;
    private final Button open = Controls.iconButton("mdi2f-folder-open-outline", "Open a trace file", this::choose);
    private final Button close;

    /// @param run starts a measurement, for the empty pane
    public TimelineView(TimelineViewModel model, ObservableValue<Palette> palette, String fontFamily, Node... run) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("timeline-view");
        TimelineCanvas canvas = new TimelineCanvas(model, palette, fontFamily);
        fit = Controls.iconButton("mdi2f-fit-to-screen-outline", "Show all of it (0)", canvas::fit);
        close = Controls.iconButton("mdi2c-close", "Put the file away and show the run", model::close);
        dress(fit, "timeline-fit");
        dress(open, "timeline-open");
        dress(close, "timeline-close");
        legend.getStyleClass().add("roofline-legend");
        legend.setMinHeight(USE_PREF_SIZE);
        told.setMaxWidth(Double.MAX_VALUE);
        told.setId("timeline-told");
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setId("timeline-problem");
        BorderPane content = new BorderPane(canvas);
        content.setTop(legend);
        HBox.setHgrow(told, Priority.ALWAYS);
        what.setMinWidth(USE_PREF_SIZE);
        content.setBottom(new HBox(told, what));
        EmptyPane noModel = new EmptyPane(
                "mdi2c-chart-gantt",
                "No model",
                "Open a model and run it to see when each of its kernels ran, or open a trace file of any profiler that"
                        + " writes Chrome's format.",
                opener("timeline-open-first"));
        List<Node> remedies = new ArrayList<>(List.of(run));
        remedies.add(opener("timeline-open-second"));
        EmptyPane noRun = new EmptyPane(
                "mdi2c-chart-gantt",
                "Not measured yet",
                "Run the model (F5): the kernels of its quickest profiled run appear here, by thread and device.",
                remedies.toArray(Node[]::new));
        BorderPane whole = new BorderPane(new StackPane(content, noModel, noRun));
        whole.setTop(new VBox(offer(), problem));
        getChildren().add(whole);
        content.visibleProperty().bind(model.state().map(s -> s.timeline().isPresent()));
        noModel.visibleProperty().bind(model.state().map(s -> s.timeline().isEmpty() && !s.hasModel()));
        noRun.visibleProperty().bind(model.state().map(s -> s.timeline().isEmpty() && s.hasModel()));
        tools.getStyleClass().add("tab-tools");
        model.state().subscribe(this::show);
        model.picked().addListener((o, before, now) -> tell());
        model.range().addListener((o, before, now) -> tell());
        palette.addListener((o, before, now) -> show(model.state().get()));
    }

    private static void dress(Button b, String id) {
        b.getStyleClass().add("small-icon-button");
        b.setId(id);
    }

    private Button opener(String id) {
        Button b = Controls.button("mdi2f-folder-open-outline", "Open a trace…", "plain-button", this::choose);
        b.setId(id);
        return b;
    }

    private HBox offer() {
        Button cancel = Controls.button("mdi2c-close", "Cancel", "plain-button", model::cancel);
        cancel.setId("timeline-cancel");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.visibleProperty().bind(offer.visibleProperty());
        offerText.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(offerText, Priority.ALWAYS);
        offer.getStyleClass().add("pane-offer");
        offer.setAlignment(Pos.CENTER_LEFT);
        offer.getChildren().setAll(offerText, cancel);
        model.reading().subscribe(p -> {
            offer.setVisible(p.isPresent());
            offer.setManaged(p.isPresent());
            offerText.setText(p.map(TimelineView::reading).orElse(""));
        });
        return offer;
    }

    private static String reading(Job.Progress p) {
        return "Reading the trace"
                + (p.fraction() > 0
                        ? ": " + Numbers.share(p.fraction())
                        : p.step().isEmpty() ? "" : ": " + p.step());
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open a trace");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("Traces", "*.json", "*.json.gz", "*.trace"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        File chosen = chooser.showOpenDialog(getScene().getWindow());
        if (chosen != null) {
            model.open(chosen.toPath());
        }
    }

    /// What stands at the right of the tab strip.
    public Node tools() {
        return tools;
    }

    private void show(TimelineState s) {
        problem.setText(s.trouble().map(Diagnostic::line).orElse(""));
        problem.setVisible(s.trouble().isPresent());
        problem.setManaged(s.trouble().isPresent());
        legend.getChildren().setAll(s.timeline().map(this::kinds).orElse(List.of()));
        what.setText(s.timeline().map(t -> title(t, s.file().isPresent())).orElse(""));
        List<FoldingRow.Part> parts = new ArrayList<>();
        if (s.timeline().isPresent()) {
            parts.add(new FoldingRow.Part(fit, 0));
        }
        if (s.file().isPresent()) {
            parts.add(new FoldingRow.Part(close, 0));
        }
        parts.add(new FoldingRow.Part(open, 0));
        tools.show(parts);
        tell();
    }

    static String title(Timeline t, boolean file) {
        int n = t.slices();
        return t.title() + " · " + Numbers.grouped(n)
                + (file ? n == 1 ? " event" : " events" : n == 1 ? " kernel" : " kernels")
                + " in " + Numbers.nanos(t.length() * 1e3)
                + (file ? "" : " · the quickest profiled run");
    }

    private List<Node> kinds(Timeline t) {
        KindColours colours = new KindColours(t);
        List<Node> items = new ArrayList<>();
        double rest = 0;
        int others = 0;
        for (Map.Entry<String, Double> k : t.kinds().entrySet()) {
            if (items.size() < Palette.CATEGORIES.size()) {
                items.add(item(
                        k.getKey() + " " + Numbers.share(k.getValue() / Math.max(1e-9, t.busy())),
                        new Rectangle(10, 10, colours.of(k.getKey()))));
            } else {
                others++;
                rest += k.getValue();
            }
        }
        if (others > 0) {
            items.add(item(
                    Numbers.grouped(others)
                            + (others == 1 ? " other " : " others ")
                            + Numbers.share(rest / Math.max(1e-9, t.busy())),
                    new Rectangle(10, 10, Paints.fx(Palette.OTHER))));
        }
        items.add(
                item("share of the time in " + (model.state().get().file().isPresent() ? "events" : "kernels"), null));
        return items;
    }

    private static Label item(String text, @org.jspecify.annotations.Nullable Node graphic) {
        Label l = Controls.label(Shortened.start(text, 11, 260), "chart-legend-item");
        if (graphic != null) {
            l.setGraphic(graphic);
        }
        l.setMinWidth(USE_PREF_SIZE);
        return l;
    }

    /// The marked stretch, else the picked slice, else what can be done here.
    private void tell() {
        Optional<Timeline> t = model.state().get().timeline();
        told.setText(
                t.isEmpty()
                        ? ""
                        : model.range()
                                .get()
                                .map(RangeSum::words)
                                .or(() -> model.picked().get().map(s -> words(s, t.get())))
                                .orElse(KEYS));
    }

    private static String words(Slice s, Timeline t) {
        List<String> parts = new ArrayList<>(List.of(s.name(), TimelineTip.times(s, t)));
        parts.addAll(s.facts().lines());
        return String.join(" · ", parts);
    }
}
