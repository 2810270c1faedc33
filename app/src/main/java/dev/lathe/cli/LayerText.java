package dev.lathe.cli;

/// Names of layers and tensors as they stand in a table.
final class LayerText {
    private LayerText() {}

    /// A name may hold line breaks, and worse for a terminal.
    static String oneLine(String name) {
        StringBuilder b = new StringBuilder();
        name.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                b.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\x%02x", c));
            } else {
                b.append((char) c);
            }
        });
        return b.toString();
    }

    /// The end of a long name says more than its beginning.
    static String tail(String text, int width) {
        return text.length() <= width ? text : "…" + text.substring(text.length() - width + 1);
    }
}
