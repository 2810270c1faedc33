package dev.lathe.app.parts;

import javafx.scene.paint.Color;

/// Colours of the palette (0xRRGGBB) for JavaFX and for the charts, which draw through Java 2D.
public final class Paints {
    private Paints() {}

    public static Color fx(int rgb) {
        return Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
    }

    public static Color fx(int rgb, double opacity) {
        return Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, opacity);
    }

    public static java.awt.Color awt(int rgb) {
        return new java.awt.Color(rgb);
    }

    public static java.awt.Color awt(int rgb, double opacity) {
        return new java.awt.Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, (int) Math.round(255 * opacity));
    }
}
