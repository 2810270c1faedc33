package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A learned bias by the distance of positions in buckets, [1, heads, queries, keys]: 10 per element for its bucket
/// (difference, comparisons, a logarithm, two scalings).
public final class RelativePositionBias implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "RelativePositionBias", 1)
            .in("bias_table", "T")
            .ranks(2, Integer.MAX_VALUE)
            .in("query_length", "int64")
            .in("key_length", "int64")
            .out("output", "T")
            .attr("is_bidirectional", 0L)
            .required("max_distance", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim heads = CostContext.dim(c.type(0), 1);
        c.output(0, List.of(Dim.of(1), heads, Extents.number(c, 1, 0, 2), Extents.number(c, 2, 0, 3)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 10);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
