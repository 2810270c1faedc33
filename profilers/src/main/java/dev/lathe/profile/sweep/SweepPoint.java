package dev.lathe.profile.sweep;

import dev.lathe.graph.analyze.DimBindings;

/// Where a model is measured: sizes of all free dimensions, threads inside an operator, and runs in flight at once.
public record SweepPoint(DimBindings dims, int threads, int streams) {
    /// One run after the other.
    public SweepPoint(DimBindings dims, int threads) {
        this(dims, threads, 1);
    }
}
