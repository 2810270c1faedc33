package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Pairs of features rotated by the position: 3 per element.
public final class RotaryEmbedding implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("RotaryEmbedding", 23)
            .in("X", "T")
            .ranks(3, 4)
            .in("cos_cache", "T")
            .in("sin_cache", "T")
            .optIn("position_ids", "int64")
            .out("Y", "T")
            .attr("interleaved", 0L)
            .attr("num_heads", AttrSpec.Kind.INT)
            .attr("rotary_embedding_dim", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.dims(0).filter(d -> d.size() == 3).isPresent() && c.attrs().intOr("num_heads", 0) == 0) {
            c.misfit("for an input of rank 3 'num_heads' must be given");
        }
        if (c.attrs().intOr("num_heads", 0) < 0 || c.attrs().intOr("rotary_embedding_dim", 0) < 0) {
            c.fault("'num_heads' and 'rotary_embedding_dim' cannot be negative");
        }
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
