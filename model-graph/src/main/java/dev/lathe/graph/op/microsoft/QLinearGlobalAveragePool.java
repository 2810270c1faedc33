package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        if (c.attrs().intOr("channels_last", 0) == 0) {
            Windows.global(c);
        } else {
            c.dims(0).filter(d -> d.size() > 2).ifPresent(d -> {
                List<Dim> out = new ArrayList<>(d);
                Collections.fill(out.subList(1, d.size() - 1), Dim.of(1));
                c.output(0, out);
            });
        }
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
