package dev.lathe.app.timeline;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Palette;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.paint.Color;

/// A colour for each of the kinds that take longest; the others share one.
final class KindColours {
    /// Strengths in which a pixel of several slices is told apart.
    private static final int STRENGTHS = 8;

    private static final double WEAKEST = 0.3;

    private final Map<String, Shades> shades = new HashMap<>();
    private final Shades other = Shades.of(Palette.OTHER);

    /// A colour, and its pixels in every strength.
    private record Shades(Color colour, int[] argb) {
        static Shades of(int rgb) {
            int[] pixels = new int[STRENGTHS + 1];
            for (int s = 0; s <= STRENGTHS; s++) {
                pixels[s] = premultiplied(Paints.fx(rgb, WEAKEST + (1 - WEAKEST) * s / STRENGTHS));
            }
            return new Shades(Paints.fx(rgb, 1), pixels);
        }
    }

    KindColours(Timeline t) {
        int i = 0;
        for (String kind : t.kinds().keySet()) {
            if (i == Palette.CATEGORIES.size()) {
                break;
            }
            shades.put(kind, Shades.of(Palette.category(i++)));
        }
    }

    Color of(String kind) {
        return shades.getOrDefault(kind, other).colour();
    }

    /// The same as a pixel, premultiplied.
    ///
    /// @param busy part of the time in which something ran, 0…1
    int argb(String kind, double busy) {
        return shades.getOrDefault(kind, other).argb()[strength(busy)];
    }

    private static int strength(double busy) {
        return (int) (busy * STRENGTHS + 0.5);
    }

    private static int premultiplied(Color c) {
        double a = c.getOpacity();
        return channel(a) << 24
                | channel(c.getRed() * a) << 16
                | channel(c.getGreen() * a) << 8
                | channel(c.getBlue() * a);
    }

    private static int channel(double part) {
        return (int) Math.round(part * 255);
    }

    /// What is read on it.
    Color ink(String kind) {
        Color c = of(kind);
        double light = 0.2126 * c.getRed() + 0.7152 * c.getGreen() + 0.0722 * c.getBlue();
        return light > 0.36 ? Color.web("#0d1117") : Color.WHITE;
    }
}
