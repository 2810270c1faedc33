package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.ChannelOrder;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// Mean of each channel of a quantized tensor.
public final class QLinearGlobalAveragePool implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearGlobalAveragePool", 1)
            .in("X", "T")
            .in("x_scale", "float32")
            .in("x_zero_point", "T")
            .in("y_scale", "float32")
            .in("y_zero_point", "T")
            .out("Y", "T")
            .attr("channels_last", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Windows.global(c, ChannelOrder.of(c));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
