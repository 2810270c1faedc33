package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// Largest element of each window where a mask allows it: 2 per element of each window.
public final class MaxpoolWithMask implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MaxpoolWithMask", 1)
            .in("X", "float32")
            .in("M", "int32")
            .out("Y", "float32")
            .attr("auto_pad", "NOTSET")
            .oneOf("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", "")
            .attr("kernel_shape", AttrSpec.Kind.INTS)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("storage_order", 0L)
            .attr("strides", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Windows.pool(c);
        if (!c.attrs().has("kernel_shape")) {
            c.fault("the attribute 'kernel_shape' must be given");
        }
        c.dims(0).ifPresent(d -> {
            Sizes sizes = Sizes.atRun(c).rank(1, d.size());
            for (int i = 2; i < d.size(); i++) {
                sizes.same(1, i, 0, i);
            }
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.pool(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
