package dev.lathe.profile.sweep;

import dev.lathe.graph.analyze.DimBindings;

/// Where a model is measured: sizes of all free dimensions, and threads inside an operator.
public record SweepPoint(DimBindings dims, int threads) {}
