package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.ChannelOrder;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// NCHW (or NHWC) to a blocked layout.
public final class ReorderInput implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft.nchwc", "ReorderInput", 1)
            .in("X", "T")
            .out("Y", "T")
            .attr("channels_last", 0L)
            .build();
    private static final long NARROW = 8;
    private static final long WIDE = 16;

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).filter(d -> d.size() > 2).ifPresent(d -> {
            List<Dim> out = new ArrayList<>(ChannelOrder.of(c).toFirst(d));
            out.set(1, blocked(c, out.get(1)));
            c.output(0, out);
        });
    }

    /// The channels, filled up to whole blocks. A block has as many as a vector of the machine that saved the
    /// model, 8 or 16, and the file does not say which: where that makes a difference the size has a name, which
    /// the weight of the convolution behind it settles.
    private static Dim blocked(InferContext c, Dim channels) {
        Dim narrow = wholeBlocks(channels, NARROW);
        Dim wide = wholeBlocks(channels, WIDE);
        return narrow.equals(wide) ? wide : c.named(0, 1);
    }

    private static Dim wholeBlocks(Dim channels, long block) {
        return DimMath.mul(DimMath.ceilDiv(channels, block), block);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
