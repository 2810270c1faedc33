package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A model that a Qualcomm library has compiled: what it computes, and what that costs, only that library knows. Its
/// outputs are what the file declares.
public final class Snpe implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Snpe", 1)
            .manyIn("inputs", "T")
            .manyOut("outputs", "T")
            .required("DLC", AttrSpec.Kind.STRING)
            .attr("notes", AttrSpec.Kind.STRING)
            .attr("snpe_version", AttrSpec.Kind.STRING)
            .attr("target_device", AttrSpec.Kind.STRING)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        // Nothing about a compiled part follows from its inputs.
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
