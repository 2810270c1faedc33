package dev.lathe.app.roofline;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.ui.Numbers;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// What the pointer tells of a dot.
final class RooflineTip extends VBox {
    private static final double GAP = 14;

    private final Label name = Controls.label("", "inspector-title");
    private final Label rates = Controls.label("", "inspector-line");
    private final Label times = Controls.label("", "inspector-line");

    RooflineTip() {
        super(2);
        getStyleClass().add("chart-tip");
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
        getChildren().addAll(name, rates, times);
    }

    static String rates(RooflineDot d) {
        return Numbers.digits(d.intensity(), 3) + " FLOP/B · " + Numbers.flopRate(d.rate())
                + (d.ofCeiling().isPresent()
                        ? " · " + Numbers.share(d.ofCeiling().getAsDouble()) + " of its ceiling"
                        : "");
    }

    static String times(RooflineDot d) {
        return d.op() + " · " + d.dtype().text() + " · " + Numbers.time(d.time()) + " · " + Numbers.share(d.share())
                + " of the run" + (d.fused() ? " · fused with others" : "");
    }

    /// Beside the dot, where it has room in a place of this size.
    void show(RooflineDot d, double x, double y, double width, double height) {
        name.setText(d.layer());
        rates.setText(rates(d));
        times.setText(times(d));
        applyCss();
        double w = Math.ceil(Math.min(width, prefWidth(-1)));
        double h = Math.ceil(prefHeight(w));
        double left = x + GAP + w <= width ? x + GAP : x - GAP - w;
        resizeRelocate(
                Math.clamp(Math.round(left), 0, Math.max(0, Math.round(width - w))),
                Math.clamp(Math.round(y - h / 2), 0, Math.max(0, Math.round(height - h))),
                w,
                h);
        setVisible(true);
    }

    void hide() {
        setVisible(false);
    }
}
