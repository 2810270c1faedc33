package dev.lathe.graph;

/// An edit of a graph let a node depend on itself.
public final class GraphCycleException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    GraphCycleException(String message) {
        super(message);
    }
}
