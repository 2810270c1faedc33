package dev.lathe.app.sweep;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// A chart of a sweep with its title and what its lines are.
final class CurveView extends VBox {
    private final ObservableValue<Palette> palette;
    private final Label title = Controls.label("", "chart-title");
    private final FlowPane header = new FlowPane(12, 0);
    private final CurveCanvas canvas;
    private Optional<SweepCurve> shown = Optional.empty();

    CurveView(ObservableValue<Palette> palette, String family) {
        this.palette = palette;
        canvas = new CurveCanvas(palette, family);
        getStyleClass().add("sweep-curve");
        setVgrow(canvas, Priority.ALWAYS);
        getChildren().addAll(header, canvas);
        setMinSize(0, 0);
        palette.addListener((o, before, now) -> shown.ifPresent(this::show));
    }

    void show(SweepCurve c) {
        shown = Optional.of(c);
        title.setText(c.title());
        title.setMinWidth(USE_PREF_SIZE);
        List<Node> items = new ArrayList<>(List.of(title));
        for (SweepCurve.Line line : c.lines()) {
            if (!line.name().isEmpty()) {
                Rectangle swatch = new Rectangle(
                        10,
                        3,
                        Paints.fx(CurveCanvas.colour(c, line, palette.getValue().dark())));
                Label l = new Label(line.name(), swatch);
                l.getStyleClass().add("chart-legend-item");
                l.setMinWidth(USE_PREF_SIZE);
                items.add(l);
            }
        }
        header.getChildren().setAll(items);
        canvas.show(c);
    }
}
