package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
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
import java.util.Optional;
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
        if (!c.attrs().has("axis")) {
            Dim count = Counts.distinct(c, 0, Optional.empty()).orElseGet(() -> c.named(0, 0));
            tell(c, List.of(count), count, c.dims(0).map(DimMath::product).orElse(Dim.unknown()));
        } else {
            Axes.attr(c, "axis", 0).ifPresent(axis -> {
                List<Dim> out = new ArrayList<>(c.dims(0).orElseThrow());
                Dim whole = out.get(axis);
                Dim count = Counts.distinct(c, 0, Optional.of(axis)).orElseGet(() -> c.named(0, axis));
                out.set(axis, count);
                tell(c, out, count, whole);
            });
        }
    }

    /// @param count different parts; @param whole parts that there were
    private static void tell(InferContext c, List<Dim> values, Dim count, Dim whole) {
        c.output(0, values);
        c.output(1, List.of(count));
        c.output(2, List.of(whole));
        c.output(3, List.of(count));
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
