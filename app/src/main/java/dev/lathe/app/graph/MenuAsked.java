package dev.lathe.app.graph;

/// Told that the user asks, at this place of the screen, what can be done with the selection.
@FunctionalInterface
public interface MenuAsked {
    void at(double screenX, double screenY);
}
