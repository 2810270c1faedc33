package dev.lathe.graph.op.early;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Slicing;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Slice, before it had its positions as inputs itself: elements from start to end along some axes, without steps.
public final class DynamicSlice implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("DynamicSlice", 1, 10)
            .in("data", "T")
            .in("starts", "Tind")
            .in("ends", "Tind")
            .optIn("axes", "Tind")
            .out("output", "T")
            .deprecated(10)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes at = Sizes.atRun(c).rank(1, 1).same(2, 1).same(3, 1);
        Optional<List<Long>> axes = c.has(3) ? c.numbers(3) : Optional.empty();
        c.dims(0)
                .ifPresent(d -> axes.ifPresent(all -> at.require(
                        all.stream()
                                        .map(a -> a < 0 ? a + d.size() : a)
                                        .distinct()
                                        .count()
                                == all.size(),
                        () -> "its axes " + all + " name one twice")));
        if (at.fit()) {
            Slicing.slice(c, new Slicing.Cut(c.elements(1), c.elements(2), axes, Optional.empty(), c.has(3), false));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
