package dev.lathe.core;

/// Text that somebody else wrote, such as a name in a model, on one line: it may hold line breaks, and what a terminal
/// would obey.
public final class OneLine {
    private OneLine() {}

    /// The same text where nothing is to be done; else with `\n`, `\t` and `\x1b` where such characters were.
    public static String of(String text) {
        if (!hasControl(text)) {
            return text;
        }
        StringBuilder b = new StringBuilder();
        text.chars().forEach(c -> {
            if (isControl(c)) {
                b.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : escaped(c));
            } else {
                b.append((char) c);
            }
        });
        return b.toString();
    }

    /// Without a stream: it is asked of every name in every frame.
    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String escaped(int c) {
        return String.format(c < 256 ? "\\x%02x" : "\\u%04x", c);
    }

    /// U+2028 and U+2029 break lines, too.
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }
}
