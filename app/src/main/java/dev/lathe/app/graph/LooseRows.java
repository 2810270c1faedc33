package dev.lathe.app.graph;

import java.util.List;

/// Boxes of which nothing tells what flows between them, as the operators of a program: in rows as wide as a screen, in
/// their order, like words.
final class LooseRows {
    private static final double WIDEST = 1000;

    private LooseRows() {}

    /// Gives boxes their rows; where something is connected, or all fit into one row, they stay where they are. Boxes
    /// of a row are of one height: inputs stand above what they are for.
    ///
    /// @param layer of each box, to be filled
    /// @param along heights
    /// @param across widths
    static void place(int[] layer, List<Layered.Net> nets, double[] along, double[] across, double gap) {
        double all = -gap;
        for (double w : across) {
            all += w + gap;
        }
        if (!nets.isEmpty() || all <= WIDEST) {
            return;
        }
        int row = 0;
        double used = 0;
        for (int i = 0; i < layer.length; i++) {
            if (i > 0 && (used + across[i] > WIDEST || along[i] != along[i - 1])) {
                row++;
                used = 0;
            }
            layer[i] = row;
            used += across[i] + gap;
        }
    }
}
