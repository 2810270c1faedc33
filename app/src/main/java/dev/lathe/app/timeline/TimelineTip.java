package dev.lathe.app.timeline;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.ui.Numbers;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// What the pointer tells of a slice.
final class TimelineTip extends VBox {
    private static final double GAP = 14;
    private static final int MOST_FACTS = 8;

    private final Label name = Controls.label("", "inspector-title");

    TimelineTip() {
        super(2);
        getStyleClass().add("chart-tip");
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
    }

    static String times(Slice s, Timeline t) {
        return s.kind() + " · " + Numbers.nanos(s.duration() * 1e3)
                + (t.length() > 0 ? " = " + Numbers.share(s.duration() / t.length()) : "") + " · from "
                + Numbers.nanos((s.start() - t.from()) * 1e3) + " on";
    }

    void show(Slice s, Timeline t, double x, double y, double width, double height) {
        name.setText(s.name());
        getChildren().setAll(name, Controls.label(times(s, t), "inspector-line"));
        List<String> facts = s.facts().lines();
        facts.stream()
                .limit(MOST_FACTS)
                .forEach(f -> getChildren().add(Controls.label(Shortened.end(f, 12, 560), "inspector-line")));
        applyCss();
        double w = Math.ceil(Math.min(width, prefWidth(-1)));
        double h = Math.ceil(prefHeight(w));
        double left = x + GAP + w <= width ? x + GAP : x - GAP - w;
        double top = y + GAP + h <= height ? y + GAP : y - GAP - h;
        resizeRelocate(
                Math.clamp(Math.round(left), 0, Math.max(0, Math.round(width - w))),
                Math.clamp(Math.round(top), 0, Math.max(0, Math.round(height - h))),
                w,
                h);
        setVisible(true);
    }

    void hide() {
        setVisible(false);
    }
}
