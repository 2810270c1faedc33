package dev.lathe.app.roofline;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.FoldingRow;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.Job;
import dev.lathe.graph.DType;
import dev.lathe.profile.ceiling.Ceiling;
import dev.lathe.profile.ceiling.Ceilings;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;

/// The Roofline tab: the chart, what its marks mean, and the measuring of the device.
public final class RooflineView extends StackPane {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private final RooflineViewModel model;
    private final ObservableValue<Palette> palette;
    private final HBox legend = new HBox(14);
    private final Label remark = Controls.label("", "chart-remark");
    private final HBox offer = new HBox(10);
    private final Label offerText = Controls.label("", "offer-text");
    private final Button measure =
            Controls.button("mdi2s-speedometer", "Measure this device", "primary-button", () -> {});
    private final Button cancel = Controls.button("mdi2c-close", "Cancel", "plain-button", () -> {});
    private final FoldingRow tools = new FoldingRow(8);
    private final Label when = Controls.label("", "chart-unit");
    private final Button again;

    public RooflineView(RooflineViewModel model, ObservableValue<Palette> palette, String fontFamily) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("roofline-view");
        legend.setAlignment(Pos.CENTER_LEFT);
        legend.getStyleClass().add("roofline-legend");
        remark.setWrapText(true);
        measure.setId("measure-device");
        measure.setOnAction(e -> model.measure());
        cancel.setId("measure-cancel");
        cancel.setOnAction(e -> model.cancel());
        offerText.setWrapText(true);
        HBox.setHgrow(offerText, javafx.scene.layout.Priority.ALWAYS);
        offerText.setMaxWidth(Double.MAX_VALUE);
        measure.setMinWidth(USE_PREF_SIZE);
        cancel.setMinWidth(USE_PREF_SIZE);
        offer.getStyleClass().add("pane-offer");
        offer.setAlignment(Pos.CENTER_LEFT);
        offer.getChildren().addAll(offerText, measure, cancel);
        BorderPane content = new BorderPane(new RooflineCanvas(model, palette, fontFamily));
        content.setTop(new VBox(offer, legend));
        remark.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(remark, javafx.scene.layout.Priority.ALWAYS);
        Label across = Controls.label("→ operations for each byte moved, FLOP/B", "chart-remark");
        across.setMinWidth(USE_PREF_SIZE);
        content.setBottom(new HBox(remark, across));
        EmptyPane noModel = new EmptyPane(
                "mdi2c-chart-scatter-plot",
                "No model",
                "Open a model to see how near its layers come to what this device can do: drop a file on the window, or"
                        + " press Ctrl+O.");
        EmptyPane noRun = new EmptyPane(
                "mdi2c-chart-scatter-plot",
                "Not measured yet",
                "Run the model (F5): each layer becomes a dot below the most that this device can do.");
        getChildren().addAll(content, noModel, noRun);
        noModel.visibleProperty().bind(model.state().map(s -> !s.hasModel()));
        noRun.visibleProperty().bind(model.state().map(s -> s.hasModel() && !s.measured()));
        content.visibleProperty().bind(model.state().map(RooflineState::measured));
        again = Controls.iconButton("mdi2r-refresh", "Measure this device again", model::measure);
        again.getStyleClass().add("small-icon-button");
        again.setId("measure-again");
        tools.getStyleClass().add("tab-tools");
        model.state().subscribe(s -> show(s));
        model.measuring().subscribe(p -> offer(model.state().get(), p));
        palette.addListener((o, before, now) -> show(model.state().get()));
    }

    /// What stands at the right of the tab strip.
    public Node tools() {
        return tools;
    }

    private void show(RooflineState s) {
        legend.getChildren().setAll(marks(s));
        remark.setText(remark(s));
        offer(s, model.measuring().get());
        when.setText(s.ceilings()
                .map(c -> "device measured " + WHEN.format(c.when()))
                .orElse(""));
        tools.show(
                s.ceilings().isPresent()
                        ? List.of(new FoldingRow.Part(when, 1), new FoldingRow.Part(again, 0))
                        : List.of());
    }

    private void offer(RooflineState s, Optional<Job.Progress> measuring) {
        boolean missing = s.ceilings().isEmpty();
        offer.setVisible(missing || measuring.isPresent());
        offer.setManaged(offer.isVisible());
        measure.setVisible(measuring.isEmpty());
        measure.setManaged(measuring.isEmpty());
        cancel.setVisible(measuring.isPresent());
        cancel.setManaged(measuring.isPresent());
        again.setDisable(measuring.isPresent());
        offerText.setText(measuring
                .map(p -> "Measuring this device: " + p.step())
                .orElse("What this device gives at most (memory bandwidth, arithmetic) was not measured yet. It takes"
                        + " some seconds, and is kept."));
    }

    private List<Node> marks(RooflineState s) {
        Palette p = palette.getValue();
        List<Node> marks = new ArrayList<>();
        marks.add(item("↑ operations a second, GFLOP/s", null));
        List<DType> dtypes = s.dtypes();
        for (int i = 0; i < dtypes.size(); i++) {
            Canvas mark = new Canvas(14, 14);
            RooflineMark.of(i)
                    .draw(mark.getGraphicsContext2D(), 7, 7, 4.5, Color.web(Palette.hex(p.muted())), Color.TRANSPARENT);
            marks.add(item(dtypes.get(i).text(), mark));
        }
        marks.add(item("size and colour: share of the run's time", null));
        if (s.roof().isPresent()) {
            Canvas line = new Canvas(20, 8);
            var g = line.getGraphicsContext2D();
            g.setStroke(Color.web(Palette.hex(p.text())));
            g.setLineWidth(2);
            g.strokeLine(0, 4, 20, 4);
            marks.add(item("most that this device gave", line));
        }
        return marks;
    }

    private static Label item(String text, @org.jspecify.annotations.Nullable Node graphic) {
        Label l = Controls.label(text, "chart-legend-item");
        if (graphic != null) {
            l.setGraphic(graphic);
        }
        l.setMinWidth(USE_PREF_SIZE);
        return l;
    }

    /// What the chart does not show, and what is wrong with the ceilings.
    static String remark(RooflineState s) {
        List<String> parts = new ArrayList<>();
        if (s.idle() > 0) {
            parts.add((s.idle() == 1 ? "1 layer has" : Numbers.grouped(s.idle()) + " layers have")
                    + " no arithmetic, or none that is known, and no dot: " + Numbers.share(s.idleShare())
                    + " of the run");
        }
        s.ceilings().ifPresent(c -> parts.addAll(troubles(c)));
        return String.join(" · ", parts);
    }

    private static List<String> troubles(Ceilings c) {
        List<String> parts = new ArrayList<>();
        List<String> unsteady = new ArrayList<>();
        c.matrix().forEach((dtype, ceiling) -> {
            switch (ceiling) {
                case Ceiling.NotMeasurable(String why) -> parts.add(dtype.text() + " is not measurable: " + why);
                case Ceiling.Reached r -> {
                    if (r.disturbed()) {
                        unsteady.add(dtype.text());
                    }
                }
            }
        });
        switch (c.memoryBandwidth()) {
            case Ceiling.NotMeasurable(String why) -> parts.add("memory bandwidth is not measurable: " + why);
            case Ceiling.Reached r -> {
                if (r.disturbed()) {
                    unsteady.add("memory");
                }
            }
        }
        if (!unsteady.isEmpty()) {
            parts.add("other programs took time while the device was measured (" + String.join(", ", unsteady) + ")");
        }
        return parts;
    }
}
