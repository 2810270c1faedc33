package dev.lathe.app.project;

/// The quantity that colours the graph, the outline and the share bars.
public enum ColourBy {
    TIME("time"),
    BYTES("memory"),
    FLOPS("FLOPs"),
    PARAMETERS("parameters"),
    DTYPE("dtype"),
    DEVICE("device"),
    STAGE("stage");

    private final String label;

    ColourBy(String label) {
        this.label = label;
    }

    /// The word on its button.
    public String label() {
        return label;
    }

    /// Whether colours are shares of an amount; otherwise they are categories.
    public boolean isHeat() {
        return switch (this) {
            case TIME, BYTES, FLOPS, PARAMETERS -> true;
            case DTYPE, DEVICE, STAGE -> false;
        };
    }
}
