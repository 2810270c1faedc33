package dev.lathe.graph.op.quant;

import dev.lathe.graph.op.AttrSpec;
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

/// Convolution of quantized tensors; requantization costs 3 per output element.
public final class QLinearConv implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("QLinearConv", 10)
            .in("x", "T1")
            .in("x_scale", "float32")
            .in("x_zero_point", "T1")
            .in("w", "T2")
            .in("w_scale", "float32")
            .in("w_zero_point", "T2")
            .in("y_scale", "float32")
            .in("y_zero_point", "T3")
            .optIn("B", "int32")
            .out("y", "T3")
            .attr("auto_pad", "NOTSET")
            .oneOf("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", "")
            .attr("dilations", AttrSpec.Kind.INTS)
            .attr("group", 1L)
            .attr("kernel_shape", AttrSpec.Kind.INTS)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("strides", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Windows.conv(c, 0, 3);
        Quantized.conv(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        OpCost product = CostRules.conv(c, 3, 8);
        return product.plus(CostRules.elementwise(c, 3));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
