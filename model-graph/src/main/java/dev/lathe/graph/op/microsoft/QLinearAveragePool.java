package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.ChannelOrder;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Quantized;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// Mean of each window of a quantized tensor.
public final class QLinearAveragePool implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearAveragePool", 1)
            .in("X", "T")
            .in("x_scale", "float32")
            .optIn("x_zero_point", "T")
            .in("y_scale", "float32")
            .optIn("y_zero_point", "T")
            .out("Y", "T")
            .attr("auto_pad", "NOTSET")
            .oneOf("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", "")
            .attr("ceil_mode", 0L)
            .attr("count_include_pad", 0L)
            .required("kernel_shape", AttrSpec.Kind.INTS)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("strides", AttrSpec.Kind.INTS)
            .attr("channels_last", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Quantized.scalars(c, 1, 2, 3, 4);
        Windows.pool(c, ChannelOrder.of(c));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.pool(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
