package dev.lathe.app.graph;

/// Widths of text before it is drawn: a layout must not need a toolkit. Estimates lie slightly above what
/// the fonts of the window take; the view shortens what does not fit.
public final class TextWidth {
    private TextWidth() {}

    public static double of(String text, double size, boolean bold) {
        double em = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("il.,:;|'!j".indexOf(c) >= 0) {
                em += 0.32;
            } else if ("frt()[]/-· ".indexOf(c) >= 0) {
                em += 0.39;
            } else if ("mwMW%@—→×~".indexOf(c) >= 0) {
                em += 0.93;
            } else if (Character.isUpperCase(c)) {
                em += 0.7;
            } else if (c > 0x2e80) {
                em += 1.05;
            } else {
                em += c == '_' ? 0.5 : 0.635;
            }
        }
        return em * size * (bold ? 1.16 : 1.03);
    }
}
