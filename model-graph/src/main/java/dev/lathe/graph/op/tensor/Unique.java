package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The different elements (or parts along an axis); how many depends on the data.
public final class Unique implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Unique", 11, 28)
            .in("X", "T")
            .out("Y", "T")
            .optOut("indices", "int64")
            .optOut("inverse_indices", "int64")
            .optOut("counts", "int64")
            .attr("axis", AttrSpec.Kind.INT)
            .attr("sorted", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().has("axis")) {
            Axes.attr(c, "axis", 0).ifPresent(axis -> {
                List<Dim> out = new ArrayList<>(c.dims(0).orElseThrow());
                out.set(axis, c.named(0, axis));
                c.output(0, out);
            });
        } else {
            c.output(0, List.of(c.named(0, 0)));
        }
        for (int i = 1; i < c.outputs(); i++) {
            c.output(i, List.of(Dim.unknown()));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
