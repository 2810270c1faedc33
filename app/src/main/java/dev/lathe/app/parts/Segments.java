package dev.lathe.app.parts;

import java.util.List;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Region;
import org.controlsfx.control.SegmentedButton;

/// A choice of one of a few words, side by side: one of them is always chosen.
public final class Segments {
    private Segments() {}

    public static SegmentedButton of(List<ToggleButton> choices) {
        SegmentedButton segments = new SegmentedButton(choices.toArray(ToggleButton[]::new));
        segments.getStyleClass().add("segments");
        segments.setMinWidth(Region.USE_PREF_SIZE);
        choices.forEach(c -> {
            c.getStyleClass().add("segment");
            c.setMinWidth(Region.USE_PREF_SIZE);
        });
        choices.getLast().getStyleClass().add("last");
        segments.getToggleGroup().selectedToggleProperty().addListener((o, before, now) -> {
            // A second click on the chosen one does not unchoose it.
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        return segments;
    }
}
