package dev.lathe.app.graph;

import java.util.List;

/// What keys and mouse do on the graph beyond the window's commands: the keyboard help shows it.
public final class CanvasActs {
    /// One act, e.g. `Move the graph`, and how to do it.
    public record Act(String what, String how) {}

    private CanvasActs() {}

    public static List<Act> all() {
        return List.of(
                new Act("Zoom about the pointer", "Wheel, pinch"),
                new Act("Move the graph", "Drag, Space+drag, middle button"),
                new Act("Edit a layer, tensor or block", "Right click"),
                new Act("Open or close a block", "Double click, Enter / Backspace"),
                new Act("See all of the graph", "Double click on the ground, Home"),
                new Act("Next along an edge, neighbour", "↓ ↑, → ←"),
                new Act("Clear, then close the newest block", "Esc"));
    }
}
