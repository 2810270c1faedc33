package dev.lathe.optimize.check;

import dev.lathe.graph.analyze.DimBindings;

/// What to compare on: `samples` sets of inputs (≥ 1) drawn from `seed`, for these sizes of the free
/// dimensions (others take defaults).
public record EquivalencePlan(int samples, long seed, DimBindings dims) {
    public static final EquivalencePlan USUAL = new EquivalencePlan(4, 1, DimBindings.NONE);
}
