package dev.lathe.graph.op.quant;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Filters;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.List;
import java.util.Set;

/// Convolution of 8-bit integers into 32 bits.
public final class ConvInteger implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ConvInteger", 10)
            .in("x", "T1")
            .in("w", "T2")
            .optIn("x_zero_point", "T1")
            .optIn("w_zero_point", "T2")
            .out("y", "int32")
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
        Windows.conv(c, 0, 1);
        Filters.conv(c, 1).single(2).oneOf(3, List.of(List.of(), List.of(Dim.of(1)), List.of(Sizes.of(c, 1, 0))));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.conv(c, 1, Integer.MAX_VALUE);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
