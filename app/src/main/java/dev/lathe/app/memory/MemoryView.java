package dev.lathe.app.memory;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.FactRows;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.parts.Segments;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.profile.GpuMemory;
import java.util.List;
import java.util.OptionalDouble;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// The Memory tab: tensors over the execution order, and at the right what makes the peak and how good the prediction
/// is.
public final class MemoryView extends StackPane {
    private static final double SIDE = 344;
    private static final double MOST_SIDE = 0.42;

    private final MemoryViewModel model;
    private final ObservableValue<Palette> palette;
    private final FlowPane legend = new FlowPane(14, 0);
    private final VBox facts = new VBox();
    private final PeakTable table;
    private final Node tools;

    public MemoryView(MemoryViewModel model, ObservableValue<Palette> palette, String fontFamily) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("memory-view");
        table = new PeakTable(model);
        legend.getStyleClass().add("roofline-legend");
        BorderPane chart = new BorderPane(new MemoryCanvas(model, palette, fontFamily));
        chart.setTop(legend);
        chart.setMinWidth(0);
        facts.getStyleClass().add("memory-facts");
        facts.setMinHeight(USE_PREF_SIZE);
        table.setMinHeight(50);
        VBox side = new VBox(facts, table);
        VBox.setVgrow(table, Priority.ALWAYS);
        side.getStyleClass().add("memory-side");
        side.setMinWidth(0);
        // In a low window the figures scroll, rather than push the tabs out of it.
        ScrollPane scrolled = new ScrollPane(side);
        scrolled.getStyleClass().add("memory-scroll");
        scrolled.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scrolled.setFitToWidth(true);
        scrolled.setFitToHeight(true);
        scrolled.setMinSize(0, 0);
        scrolled.prefWidthProperty().bind(widthProperty().map(w -> Math.min(SIDE, w.doubleValue() * MOST_SIDE)));
        BorderPane content = new BorderPane(chart);
        content.setRight(scrolled);
        EmptyPane noModel = new EmptyPane(
                "mdi2m-memory",
                "No model",
                "Open a model to see when each of its tensors is alive: drop a file on the window, or press Ctrl+O.");
        getChildren().addAll(content, noModel);
        noModel.visibleProperty().bind(model.state().map(s -> !s.hasModel()));
        content.visibleProperty().bind(model.state().map(MemoryState::hasModel));
        ToggleButton tensors = segment("tensors");
        ToggleButton process = segment("process");
        tools = Segments.of(List.of(tensors, process));
        tensors.setSelected(true);
        process.selectedProperty().bindBidirectional(model.process());
        model.state().subscribe(this::show);
        model.process().addListener((o, before, now) -> show(model.state().get()));
        palette.addListener((o, before, now) -> show(model.state().get()));
    }

    /// Tensors alone, or beside weights and the process: what stands at the right of the tab strip.
    public Node tools() {
        return tools;
    }

    private void show(MemoryState s) {
        boolean dark = palette.getValue().dark();
        legend.getChildren().clear();
        item(
                (s.asItRuns() ? "the graph as it runs: " : "")
                        + "tensors, where an arena would hold them; those at the peak are full",
                null);
        item(
                "alive together, predicted",
                new Rectangle(14, 2, Paints.fx(palette.getValue().accent())));
        if (s.arena().isPresent()) {
            item("arena, what tensors held, measured", new Rectangle(14, 2, Paints.fx(MemoryCanvas.arenaColour(dark))));
        }
        FactRows rows = new FactRows();
        // What the engine runs is what its arena is to be compared with: that prediction comes first.
        s.runtimePeak()
                .ifPresent(p ->
                        rows.add("predicted peak", Numbers.bytes(p), error(s.runtimeError(), "the engine's graph")));
        rows.add(
                s.runtimePeak().isPresent() ? "of this graph" : "predicted peak",
                Numbers.bytes(s.predictedPeak()),
                s.unknown() == 0 ? error(s.error(), "of this graph") : Numbers.grouped(s.unknown()) + " sizes unknown");
        if (s.arena().isPresent()) {
            ArenaCurve a = s.arena().get();
            rows.add("arena, tensors", Numbers.bytes(a.peak()), "measured");
            rows.add("arena, in all", Numbers.bytes(a.all()), "with what it keeps");
            rows.add(
                    "workspace",
                    a.workspace().isPresent() ? Numbers.bytes(a.workspace().getAsLong()) : Numbers.UNKNOWN,
                    a.workspace().isPresent() ? "of a kernel, at most" : "below what loading took");
        } else {
            rows.add("arena, measured", Numbers.UNKNOWN, "F5 measures it");
        }
        rows.add("weights", s.weights().isPresent() ? Numbers.bytes(s.weights().getAsLong()) : Numbers.UNKNOWN, "");
        if (s.computedAtLoad() > 0) {
            rows.add("computed at load", Numbers.bytes(s.computedAtLoad()), "from constants");
        }
        rows.add(
                "process",
                s.resident().isPresent() ? Numbers.bytes(s.resident().getAsLong()) : Numbers.UNKNOWN,
                s.resident().isPresent() ? "at most" : "");
        s.gpu().ifPresent(gpu -> {
            switch (gpu) {
                case GpuMemory.NotReadable(String why) ->
                    rows.add("GPU memory", Numbers.UNKNOWN, "not readable: " + why);
                case GpuMemory.Held h ->
                    rows.add(
                            "GPU memory",
                            Numbers.bytes(h.peakBytes()),
                            h.own() ? "at most" : "more than before, all programs");
            }
        });
        if (!s.peakNode().isEmpty()) {
            rows.addName("peak during", s.peakNode());
        }
        facts.getChildren().setAll(rows);
        table.show(s);
    }

    private static String error(OptionalDouble error, String otherwise) {
        return error.isPresent() ? "off by " + Numbers.change(error.getAsDouble()) : otherwise;
    }

    private void item(String text, @org.jspecify.annotations.Nullable Node graphic) {
        Label l = Controls.label(text, "chart-legend-item");
        if (graphic != null) {
            l.setGraphic(graphic);
        }
        l.setMinWidth(USE_PREF_SIZE);
        l.setAlignment(Pos.CENTER_LEFT);
        legend.getChildren().add(l);
    }

    private static ToggleButton segment(String text) {
        ToggleButton b = new ToggleButton(text);
        b.setId("memory-" + text);
        return b;
    }
}
