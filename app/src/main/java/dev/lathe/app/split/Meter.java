package dev.lathe.app.split;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Palette;
import java.util.OptionalDouble;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/// A bar of what part is used; a thin mark stands where the prediction was.
final class Meter extends Region {
    private static final double HEIGHT = 8;

    private final Rectangle track = new Rectangle();
    private final Rectangle bar = new Rectangle();
    private final Rectangle mark = new Rectangle(2, HEIGHT + 4);
    private final double part;
    private final OptionalDouble predicted;

    Meter(double part, OptionalDouble predicted, int colour, Palette palette) {
        this.part = Math.clamp(part, 0, 1);
        this.predicted = predicted;
        track.setFill(Paints.fx(palette.track()));
        bar.setFill(Paints.fx(colour));
        mark.setFill(Paints.fx(palette.strong()));
        mark.setVisible(predicted.isPresent());
        for (Rectangle r : new Rectangle[] {track, bar}) {
            r.setArcWidth(4);
            r.setArcHeight(4);
            r.setHeight(HEIGHT);
            r.setY(2);
        }
        getChildren().addAll(track, bar, mark);
        setMinHeight(HEIGHT + 4);
        setPrefHeight(HEIGHT + 4);
    }

    @Override
    protected void layoutChildren() {
        track.setWidth(getWidth());
        bar.setWidth(part == 0 ? 0 : Math.max(2, part * getWidth()));
        mark.setX(Math.clamp(predicted.orElse(0) * getWidth() - 1, 0, Math.max(0, getWidth() - 2)));
    }
}
