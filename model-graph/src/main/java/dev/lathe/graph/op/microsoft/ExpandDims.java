package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One more axis of size 1, at the place that an input states.
public final class ExpandDims implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "ExpandDims", 1)
            .in("X", "T")
            .in("axis", "int32")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Long> axis = c.numbers(1).filter(n -> n.size() == 1).map(List::getFirst);
        if (c.dims(0).isEmpty()) {
            return;
        }
        List<Dim> out = new ArrayList<>(c.dims(0).orElseThrow());
        int rank = out.size();
        if (axis.isEmpty()) {
            c.output(0, Rules.unknownDims(rank + 1));
        } else if (axis.get() > rank || axis.get() < -rank - 1) {
            c.misfit("axis " + axis.get() + " lies outside a rank of " + (rank + 1));
        } else {
            out.add((int) (axis.get() < 0 ? axis.get() + rank + 1 : axis.get()), Dim.of(1));
            c.output(0, out);
            Rules.keepElements(c);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.view(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW, Trait.CONSTANT_FOLDABLE);
    }
}
