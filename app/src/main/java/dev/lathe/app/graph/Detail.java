package dev.lathe.app.graph;

/// How much is drawn at a zoom: the further away, the less.
enum Detail {
    /// Blocks and cost strips only.
    BLOCKS,
    /// Boxes with their heat, names of blocks.
    BOXES,
    /// Titles too.
    TITLES,
    /// All text.
    ALL;

    static Detail at(double zoom) {
        return zoom >= 0.75 ? ALL : zoom >= 0.4 ? TITLES : zoom >= 0.15 ? BOXES : BLOCKS;
    }

    boolean atLeast(Detail other) {
        return ordinal() >= other.ordinal();
    }
}
