package dev.lathe.app.graph;

import dev.lathe.app.project.Selection;

/// Asks the view for something that only it can do.
public sealed interface ViewRequest {
    record Fit() implements ViewRequest {}

    /// The selection as large as it can be seen whole; without one, the whole graph.
    record FitSelection() implements ViewRequest {}

    /// Nearer (above 1) or further away, about the middle.
    record Zoom(double factor) implements ViewRequest {}

    /// Bring into sight, opening what is closed around it.
    record Reveal(Selection what) implements ViewRequest {}
}
