package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Pairs of features rotated by the position: 3 per element.
public final class MsRotaryEmbedding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "RotaryEmbedding", 1)
            .in("input", "T")
            .in("position_ids", "int64")
            .in("cos_cache", "T")
            .in("sin_cache", "T")
            .out("output", "T")
            .attr("interleaved", 0L)
            .attr("num_heads", 0L)
            .attr("rotary_embedding_dim", 0L)
            .attr("scale", 1.0f)
            .attr("is_packed_batching", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        sizes(c);
    }

    private static void sizes(InferContext c) {
        long heads = c.attrs().intOr("num_heads", 0);
        long rotated = c.attrs().intOr("rotary_embedding_dim", 0);
        if (heads < 0 || rotated < 0) {
            c.fault("'num_heads' and 'rotary_embedding_dim' cannot be negative");
            return;
        }
        Sizes sizes = Sizes.atRun(c)
                .ranks(0, 3, 4)
                .rank(2, 2)
                .same(3, 2)
                .require(rotated == 0 || heads > 0, () -> "with 'rotary_embedding_dim' 'num_heads' must be given");
        if (c.dims(0).isEmpty() || !sizes.fit()) {
            return;
        }
        boolean apart = c.dims(0).get().size() == 4;
        // One place for all, or one for each.
        if (c.dims(1).filter(d -> d.isEmpty() || d.equals(List.of(Dim.of(1)))).isEmpty()) {
            sizes.shape(1, Sizes.of(c, 0, 0), Sizes.of(c, 0, -2));
        }
        if (!apart && heads > 0) {
            sizes.divides(Sizes.of(c, 0, 2), heads, "columns in heads");
        }
        if (rotated > 0) {
            sizes.extent(2, 1, Dim.of(rotated / 2));
        } else if (apart || heads > 0) {
            Dim size = apart ? Sizes.of(c, 0, 3) : DimMath.floorDiv(Sizes.of(c, 0, 2), heads);
            sizes.extent(2, 1, DimMath.floorDiv(size, 2));
        }
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
