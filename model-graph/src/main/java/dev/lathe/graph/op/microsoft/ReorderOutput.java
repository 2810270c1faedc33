package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
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

/// A blocked layout back to NCHW (or NHWC) with the given number of channels.
public final class ReorderOutput implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft.nchwc", "ReorderOutput", 1)
            .in("X", "T")
            .out("Y", "T")
            .attr("channels", 0L)
            .attr("channels_last", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).filter(d -> d.size() > 2).ifPresent(d -> {
            List<Dim> out = new ArrayList<>(d);
            out.set(1, Dim.of(c.attrs().intOr("channels", 0)));
            c.output(0, ChannelOrder.of(c).fromFirst(out));
        });
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
