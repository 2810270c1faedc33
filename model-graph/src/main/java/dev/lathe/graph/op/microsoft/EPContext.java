package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A part of a model that an execution provider has compiled: what it computes, and what that costs, only the provider
/// knows. Its outputs are what the file declares.
public final class EPContext implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "EPContext", 1)
            .manyIn("inputs", "")
            .manyOut("outputs", "")
            .attr("main_context", 1L)
            .attr("ep_cache_context", AttrSpec.Kind.STRING)
            .attr("embed_mode", 1L)
            .attr("ep_sdk_version", AttrSpec.Kind.STRING)
            .attr("onnx_model_filename", AttrSpec.Kind.STRING)
            .attr("hardware_architecture", AttrSpec.Kind.STRING)
            .attr("partition_name", AttrSpec.Kind.STRING)
            .attr("source", AttrSpec.Kind.STRING)
            .attr("notes", AttrSpec.Kind.STRING)
            .attr("max_size", 0L)
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
