package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.SmallTensor;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Parts of the data along an axis, by index.
public final class Gather implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Gather", 1, 11, 13)
            .in("data", "T")
            .in("indices", "Tind")
            .out("output", "T")
            .attr("axis", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Integer> axis = Axes.attr(c, "axis", 0);
        if (axis.isEmpty()) {
            return;
        }
        List<Dim> data = c.dims(0).orElseThrow();
        if (c.dims(1).isEmpty()) {
            return;
        }
        if (!Rules.isMade(c, data.size() - 1 + c.dims(1).get().size())) {
            return;
        }
        List<Dim> out = new ArrayList<>(data.subList(0, axis.get()));
        out.addAll(c.dims(1).get());
        out.addAll(data.subList(axis.get() + 1, data.size()));
        c.output(0, out);
        SmallTensor.of(c.input(0))
                .ifPresent(d -> SmallTensor.of(c.input(1))
                        .flatMap(i -> d.take(axis.get(), i))
                        .ifPresent(t -> c.elements(0, t.elements())));
        c.input(0)
                .fractions()
                .ifPresent(all -> Broadcast.positions(c.type(0), all.size())
                        .ifPresent(d -> SmallTensor.of(c.input(1))
                                .flatMap(i -> d.take(axis.get(), i))
                                .ifPresent(t -> c.reals(
                                        0,
                                        t.elements().stream()
                                                .map(at ->
                                                        all.get((int) at.fixed().orElseThrow()))
                                                .toList()))));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
