package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A depthwise convolution of [batch, channels, …, length] whose windows end at each position, with the positions
/// before the first carried from call to call, (k − 1)·dilation of them; with `channels_last` the length is in front
/// of the channels, and `state_window` states are kept, one for each of the last positions. A fused SiLU costs 5 per
/// element.
public final class MsCausalConvWithState implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "CausalConvWithState", 1)
            .in("input", "T")
            .in("weight", "T")
            .optIn("bias", "T")
            .rank(1)
            .optIn("past_state", "T")
            .out("output", "T")
            .out("present_state", "T")
            .attr("activation", "none")
            .oneOf("none", "silu", "swish")
            .attr("channels_last", 0L)
            .attr("dilation", 1L)
            .attr("ndim", 1L)
            .attr("state_window", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.shape(0));
        Sizes.atRun(c).rank(0, (int) c.attrs().intOr("ndim", 1) + 2);
        long last = c.attrs().intOr("channels_last", 0);
        int spatial = (int) c.attrs().intOr("ndim", 1);
        List<Dim> x = c.dims(0).orElse(List.of());
        if (x.size() < (last == 1 ? 3 : spatial + 2)) {
            c.output(1, c.shape(3));
            return;
        }
        long window = c.attrs().intOr("state_window", 0);
        List<Dim> state = new ArrayList<>(window > 0 ? List.of(Dim.of(window)) : List.of());
        if (last == 1) {
            state.add(x.getFirst());
            state.add(carried(c));
            state.addAll(x.subList(2, x.size()));
        } else {
            state.addAll(x.subList(0, spatial + 1));
            state.add(carried(c));
        }
        c.output(1, state);
        int rank = spatial + 2;
        Dim channels = last == 1 ? Sizes.of(c, 0, -1) : Sizes.of(c, 0, 1);
        Sizes.atRun(c)
                .rank(0, rank)
                .rank(1, rank)
                .extent(1, 0, channels)
                .extent(1, 1, Dim.of(1))
                .shape(2, channels);
        if (last == 0 && spatial == 1 && c.attrs().intOr("state_window", 0) == 0) {
            Sizes.atRun(c).shape(3, Sizes.of(c, 0, 0), channels, carried(c));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim macs = DimMath.mul(c.outputCount(0), CostRules.product(c.input(1), 1));
        return OpCost.ofMacs(macs, DimMath.mul(c.outputCount(0), MsCausalConvWithState.each(c, 2)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }

    /// The positions that the window reaches back, by the last extent of the weight.
    static Dim carried(InferContext c) {
        Dim kernel = CostContext.dim(c.type(1), -1);
        return DimMath.mul(DimMath.sub(kernel, 1), c.attrs().intOr("dilation", 1));
    }

    /// What each element costs beside the products: the bias at this input, and the activation.
    static int each(CostContext c, int bias) {
        boolean active = !c.attrs().stringOr("activation", "none").equals("none");
        return (c.has(bias) ? 1 : 0) + (active ? CostRules.TRANSCENDENTAL + 1 : 0);
    }
}
