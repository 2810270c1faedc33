package dev.lathe.app.project;

import java.util.Arrays;
import java.util.Optional;

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

    /// The quantity that a button or the code calls so, in capitals or not: `memory`, `bytes`.
    public static Optional<ColourBy> named(String name) {
        return Arrays.stream(values())
                .filter(c -> c.label.equalsIgnoreCase(name) || c.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /// Whether colours are shares of an amount; otherwise they are categories.
    public boolean isHeat() {
        return switch (this) {
            case TIME, BYTES, FLOPS, PARAMETERS -> true;
            case DTYPE, DEVICE, STAGE -> false;
        };
    }
}
