package dev.lathe.app.timeline;

import dev.lathe.app.graph.TextWidth;
import dev.lathe.core.OneLine;

/// Text cut to a width before it is drawn.
final class Shortened {
    private Shortened() {}

    /// Names of nodes differ at their ends: the start goes first. Empty where nothing fits.
    static String start(String text, double size, double width) {
        return cut(text, size, width, true);
    }

    static String end(String text, double size, double width) {
        return cut(text, size, width, false);
    }

    private static String cut(String whole, double size, double width, boolean start) {
        String text = OneLine.of(whole);
        if (TextWidth.of(text, size, false) <= width) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int kept = (low + high + 1) >>> 1;
            if (TextWidth.of(kept(text, kept, start), size, false) <= width) {
                low = kept;
            } else {
                high = kept - 1;
            }
        }
        return low == 0 ? "" : kept(text, low, start);
    }

    private static String kept(String text, int n, boolean start) {
        return start ? "…" + text.substring(text.length() - n) : text.substring(0, n) + "…";
    }
}
