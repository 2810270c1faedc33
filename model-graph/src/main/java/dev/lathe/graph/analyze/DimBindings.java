package dev.lathe.graph.analyze;

import java.util.Map;

/// Sizes that the user gave to named dimensions, e.g. `batch` → 1.
public record DimBindings(Map<String, Long> sizes) {
    public static final DimBindings NONE = new DimBindings(Map.of());

    public DimBindings {
        sizes = Map.copyOf(sizes);
    }
}
