package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Filters;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// Convolution of X [N, C, spatial…] with W [M, C/group, kernel…].
public final class Conv implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Conv", 1, 11, 22)
            .in("X", "T")
            .in("W", "T")
            .optIn("B", "T")
            .out("Y", "T")
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
        Filters.conv(c, 1, 2);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.conv(c, 1, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
