package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A depthwise convolution over sequences packed behind each other, [tokens, channels], whose windows end at each
/// token and do not reach into the sequence before; what lies before is carried from call to call, [sequences,
/// channels, (k − 1)·dilation]. A fused SiLU costs 5 per element.
public final class VarlenCausalConvWithState implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "VarlenCausalConvWithState", 1)
            .in("input", "T")
            .rank(2)
            .in("weight", "T")
            .rank(3)
            .in("cumulative_sequence_length", "int32")
            .rank(1)
            .optIn("bias", "T")
            .in("initial_state", "T")
            .optIn("capture_count", "int32")
            .rank(1)
            .out("output", "T")
            .out("final_state", "T")
            .optOut("state_update", "T")
            .attr("activation", "none")
            .oneOf("none", "silu", "swish")
            .attr("dilation", 1L)
            .attr("state_update_capacity", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.shape(0));
        Dim channels = CostContext.dim(c.type(0), 1);
        Dim batch = DimMath.sub(CostContext.dim(c.type(2), 0), 1);
        c.output(1, List.of(batch, channels, MsCausalConvWithState.carried(c)));
        c.output(2, List.of(batch, Dim.of(c.attrs().intOr("state_update_capacity", 0)), channels));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim macs = DimMath.mul(c.outputCount(0), c.dim(1, -1));
        return OpCost.ofMacs(macs, DimMath.mul(c.outputCount(0), MsCausalConvWithState.each(c, 3)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
