package dev.lathe.app;

/// The quantity that colours the graph, the outline and the share bars.
public enum ColourBy {
    TIME("time"),
    FLOPS("FLOPs"),
    BYTES("bytes"),
    PARAMETERS("parameters"),
    STAGE("stage");

    private final String label;

    ColourBy(String label) {
        this.label = label;
    }

    /// The word on its button.
    public String label() {
        return label;
    }
}
