package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
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
        sizes(c);
    }

    /// The tables of cosines and sines have a number for each pair, for each position (or for each place of the batch
    /// where no positions are given).
    private static void sizes(InferContext c) {
        if (c.dims(0).isEmpty()) {
            return;
        }
        boolean apart = c.dims(0).get().size() == 4;
        long heads = c.attrs().intOr("num_heads", 0);
        long rotated = c.attrs().intOr("rotary_embedding_dim", 0);
        if (!apart && heads <= 0) {
            return;
        }
        Dim batch = Sizes.of(c, 0, 0);
        Dim length = Sizes.of(c, 0, -2);
        Sizes sizes = Sizes.atRun(c);
        if (!apart) {
            sizes.divides(Sizes.of(c, 0, 2), heads, "columns in heads");
        }
        Dim size = apart ? Sizes.of(c, 0, 3) : DimMath.floorDiv(Sizes.of(c, 0, 2), heads);
        Dim pairs = rotated > 0 ? Dim.of(rotated / 2) : DimMath.floorDiv(size, 2);
        if (size instanceof Dim.Fixed(long n)) {
            sizes.require(rotated <= n, () -> "'rotary_embedding_dim' is " + rotated + ", more than the head's " + n);
        }
        if (c.has(3)) {
            sizes.rank(1, 2).same(2, 1).shape(3, batch, length).extent(1, 1, pairs);
        } else {
            sizes.rank(1, 3).same(2, 1).shape(1, batch, length, pairs);
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
