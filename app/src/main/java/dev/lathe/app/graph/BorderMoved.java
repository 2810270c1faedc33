package dev.lathe.app.graph;

/// Told that border `border` (between stages `border` and `border + 1`) was dropped before the node at `cutPosition` of
/// the main graph's order.
@FunctionalInterface
public interface BorderMoved {
    void borderMoved(int border, int cutPosition);
}
