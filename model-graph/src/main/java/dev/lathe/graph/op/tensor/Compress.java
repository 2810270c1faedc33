package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The parts along an axis for which a condition holds; how many depends on the data, and is counted where the
/// condition is constant.
public final class Compress implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Compress", 9, 11, 28)
            .in("input", "T")
            .in("condition", "bool")
            .out("output", "T")
            .attr("axis", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Dim> count = Counts.nonZero(c, 1);
        if (!c.attrs().has("axis")) {
            c.output(0, List.of(count.orElseGet(() -> c.named(0, 0))));
            return;
        }
        Axes.attr(c, "axis", 0).ifPresent(axis -> {
            List<Dim> out = new ArrayList<>(c.dims(0).orElseThrow());
            out.set(axis, count.orElseGet(() -> c.named(0, axis)));
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
