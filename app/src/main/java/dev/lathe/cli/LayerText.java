package dev.lathe.cli;

/// Names of layers and tensors as they stand in a table.
final class LayerText {
    private LayerText() {}

    /// The end of a long name says more than its beginning.
    static String tail(String text, int width) {
        return text.length() <= width ? text : "…" + text.substring(text.length() - width + 1);
    }
}
