package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gemm followed by an activation, which costs 4 per element.
public final class FusedGemm implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "FusedGemm", 1)
            .in("A", "T")
            .in("B", "T")
            .optIn("C", "T")
            .out("Y", "T")
            .attr("alpha", 1.0f)
            .attr("beta", 1.0f)
            .attr("transA", 0L)
            .attr("transB", 0L)
            .attr("activation", AttrSpec.Kind.STRING)
            .attr("activation_alpha", AttrSpec.Kind.FLOAT)
            .attr("activation_beta", AttrSpec.Kind.FLOAT)
            .attr("activation_gamma", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (!c.attrs().has("activation")) {
            c.fault("the attribute 'activation' must be given");
            return;
        }
        Sizes.atLoading(c).rank(0, 2).rank(1, 2);
        List<Dim> product = product(c);
        c.output(0, product);
        if (c.has(2)) {
            Broadcast.checkFills(c, "bias", c.shape(2), Shape.of(product));
        }
    }

    /// The extents of the product of the first two inputs, perhaps transposed.
    static List<Dim> product(InferContext c) {
        boolean transA = c.attrs().intOr("transA", 0) != 0;
        boolean transB = c.attrs().intOr("transB", 0) != 0;
        Optional<List<Dim>> a = c.dims(0).filter(d -> d.size() == 2);
        Optional<List<Dim>> b = c.dims(1).filter(d -> d.size() == 2);
        a.ifPresent(x -> b.ifPresent(y -> c.unify(x.get(transA ? 0 : 1), y.get(transB ? 1 : 0))));
        return List.of(
                a.map(x -> x.get(transA ? 1 : 0)).orElse(Dim.unknown()),
                b.map(y -> y.get(transB ? 0 : 1)).orElse(Dim.unknown()));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim k = c.dim(0, c.attrs().intOr("transA", 0) != 0 ? 0 : 1);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), k), DimMath.mul(c.outputCount(0), c.has(2) ? 5 : 4));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
