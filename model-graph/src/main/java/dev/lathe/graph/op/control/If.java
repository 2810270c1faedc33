package dev.lathe.graph.op.control;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Bodies;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One of two graphs, by a condition. FLOPs and bytes are those of the dearer branch.
public final class If implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("If", 1, 11, 13, 16, 19, 21, 23, 24, 25)
            .in("cond", "bool")
            .manyOut("outputs", "")
            .required("else_branch", AttrSpec.Kind.GRAPH)
            .required("then_branch", AttrSpec.Kind.GRAPH)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<List<Long>> condition = c.numbers(0);
        List<List<Known>> taken = new ArrayList<>();
        c.attrs().graph("then_branch").ifPresent(g -> taken.add(c.body(g, List.of())));
        c.attrs().graph("else_branch").ifPresent(g -> taken.add(c.body(g, List.of())));
        if (condition.isPresent() && condition.get().size() == 1 && taken.size() == 2) {
            taken.remove(condition.get().getFirst() != 0 ? 1 : 0);
        }
        for (int i = 0; i < c.outputs(); i++) {
            int at = i;
            taken.stream()
                    .filter(known -> at < known.size())
                    .map(known -> known.get(at))
                    .reduce(Bodies::either)
                    .ifPresent(known -> {
                        c.output(at, known.type());
                        known.elements().ifPresent(e -> c.elements(at, e));
                    });
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        OpCost then = c.attrs().graph("then_branch").map(c::body).orElse(OpCost.UNKNOWN);
        OpCost otherwise = c.attrs().graph("else_branch").map(c::body).orElse(OpCost.UNKNOWN);
        return then.max(otherwise);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW);
    }
}
