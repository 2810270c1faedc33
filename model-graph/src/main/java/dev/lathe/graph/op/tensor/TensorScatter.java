package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A cache with new entries written at given places.
public final class TensorScatter implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("TensorScatter", 24)
            .in("past_cache", "T")
            .in("update", "T")
            .optIn("write_indices", "int64")
            .rank(1)
            .out("present_cache", "T")
            .attr("axis", -2L)
            .attr("mode", "linear")
            .oneOf("linear", "circular")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.dims(0).isPresent() && c.dims(1).isPresent()) {
            List<Dim> cache = c.dims(0).get();
            List<Dim> update = c.dims(1).get();
            if (cache.size() != update.size()) {
                c.misfit("a cache of rank " + cache.size() + " takes no update of rank " + update.size());
                return;
            }
            c.dims(2).filter(d -> d.size() == 1).ifPresent(d -> {
                Dim unused = c.unify(d.getFirst(), cache.getFirst());
            });
            Axes.of(c, c.attrs().intOr("axis", -2), cache.size()).ifPresent(axis -> {
                for (int i = 0; i < cache.size(); i++) {
                    Dim unused = i == axis ? cache.get(i) : c.unify(cache.get(i), update.get(i));
                }
            });
        }
        Rules.sameAsInput(c);
        c.dims(0).ifPresent(cache -> {
            long axis = c.attrs().intOr("axis", -2);
            Dim room = Sizes.of(c, 0, (int) axis);
            Dim more = Sizes.of(c, 1, (int) axis);
            if (room instanceof Dim.Fixed(long places) && more instanceof Dim.Fixed(long entries)) {
                Sizes.atRun(c)
                        .require(entries <= places, () -> entries + " entries are written into a cache of " + places);
            }
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
