package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// 1 at the index along a new axis, else 0.
public final class OneHot implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("OneHot", 9, 11, 28)
            .in("indices", "T1")
            .in("depth", "T2")
            .ranks(0, 1)
            .in("values", "T3")
            .rank(1)
            .out("output", "T3")
            .attr("axis", -1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atLoading(c).ranks(0, 1, Integer.MAX_VALUE);
        c.dims(0).ifPresent(dims -> {
            Optional<Dim> one = c.dims(1).filter(d -> d.size() == 1).map(List::getFirst);
            one.ifPresent(n -> c.unify(n, Dim.of(1)));
            c.dims(2).filter(d -> d.size() == 1).ifPresent(d -> c.unify(d.getFirst(), Dim.of(2)));
            long given = c.attrs().intOr("axis", -1);
            int axis = (int) (given < 0 ? given + dims.size() + 1 : given);
            if (axis < 0 || axis > dims.size()) {
                c.misfit("axis " + given + " lies outside a rank of " + (dims.size() + 1));
                return;
            }
            List<Dim> out = new ArrayList<>(dims);
            out.add(
                    axis,
                    c.elements(1).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown()));
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
