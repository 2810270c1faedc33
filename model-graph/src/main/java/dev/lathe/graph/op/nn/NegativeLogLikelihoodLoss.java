package dev.lathe.graph.op.nn;

import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Minus the log probability of the target class: 3 per target.
public final class NegativeLogLikelihoodLoss implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("NegativeLogLikelihoodLoss", 12, 13, 22)
            .in("input", "T")
            .ranks(2, Integer.MAX_VALUE)
            .in("target", "Tind")
            .optIn("weight", "T")
            .rank(1)
            .out("loss", "T")
            .attr("ignore_index", AttrSpec.Kind.INT)
            .attr("reduction", "mean")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Losses.check(c);
        if (c.attrs().stringOr("reduction", "mean").equals("none")) {
            c.output(0, c.shape(1));
        } else {
            c.output(0, Shape.of());
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.ofFlops(DimMath.mul(c.inputCount(1), 3));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
