package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A bias by the distance of positions, gated by the queries: [batch, heads, sequence, sequence]. The product of each
/// query head with the weight [size, D], 1 per element of the biased query, 2 per element of that product (bias and
/// sum), 11 per gate (two sigmoids, three others), and 1 per output element.
public final class GatedRelativePositionBias implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GatedRelativePositionBias", 1)
            .in("query_layer", "T")
            .in("query_bias", "T")
            .in("rel_pos", "T")
            .in("weight", "T")
            .in("bias", "T")
            .in("eco_a", "T")
            .optIn("token_offset", "int32")
            .ranks(2, Integer.MAX_VALUE)
            .out("output", "T")
            .required("num_heads", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> places = c.has(6) ? Extents.of(c, 6, 2) : Extents.of(c, 0, 3).subList(0, 2);
        c.output(
                0,
                List.of(
                        places.getFirst(),
                        Dim.of(c.attrs().intOr("num_heads", 1)),
                        places.getLast(),
                        places.getLast()));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim rows = DimMath.floorDiv(c.inputCount(0), c.dim(3, 0));
        Dim products = DimMath.mul(rows, c.inputCount(3));
        Dim gates = DimMath.mul(rows, 11);
        Dim sums = DimMath.mul(DimMath.mul(rows, c.dim(3, 1)), 2);
        return OpCost.ofMacs(products, DimMath.sum(List.of(c.inputCount(0), sums, gates, c.outputCount(0))));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
