package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A depthwise convolution over the present and past positions of a sequence [batch, channels, length], with the last
/// `k − 1` positions carried from call to call. A fused SiLU costs 5 per element.
public final class CausalConvWithState implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("CausalConvWithState", 27)
            .in("input", "T")
            .rank(3)
            .in("weight", "T")
            .rank(3)
            .optIn("bias", "T")
            .rank(1)
            .optIn("past_state", "T")
            .rank(3)
            .out("output", "T")
            .out("present_state", "T")
            .attr("activation", "none")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.shape(0));
        if (c.dims(0).filter(d -> d.size() == 3).isPresent()) {
            List<Dim> dims = c.dims(0).orElseThrow();
            Dim carried = DimMath.sub(CostContext.dim(c.type(1), -1), Dim.of(1));
            c.output(1, List.of(dims.get(0), dims.get(1), carried));
        } else {
            c.output(1, c.shape(3));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim macs = DimMath.mul(c.outputCount(0), c.dim(1, -1));
        int each = (c.has(2) ? 1 : 0)
                + (c.attrs().stringOr("activation", "none").equals("none") ? 0 : CostRules.TRANSCENDENTAL + 1);
        return OpCost.ofMacs(macs, each == 0 ? Dim.of(0) : DimMath.mul(c.outputCount(0), each));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
