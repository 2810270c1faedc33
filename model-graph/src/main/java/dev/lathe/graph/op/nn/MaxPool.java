package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// Largest element of each window.
public final class MaxPool implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MaxPool", 1, 8, 10, 11, 12, 22)
            .in("X", "T")
            .out("Y", "T")
            .optOut("Indices", "int64")
            .attr("auto_pad", "NOTSET")
            .oneOf("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", "")
            .attr("ceil_mode", 0L)
            .attr("dilations", AttrSpec.Kind.INTS)
            .required("kernel_shape", AttrSpec.Kind.INTS)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("storage_order", 0L)
            .oneOf("0", "1")
            .attr("strides", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Windows.pool(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.pool(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
