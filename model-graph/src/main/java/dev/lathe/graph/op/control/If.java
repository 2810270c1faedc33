package dev.lathe.graph.op.control;

import dev.lathe.graph.Graph;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Bodies;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One of two graphs, by a condition. FLOPs and bytes are those of the dearer branch, unless the condition
/// is known or the sizes fit only one of them.
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
        Map<String, List<Known>> possible = new LinkedHashMap<>();
        Map<String, List<Known>> impossible = new LinkedHashMap<>();
        Map<String, Integer> wrong = new LinkedHashMap<>();
        int outside = c.contradictions();
        for (String branch : List.of("then_branch", "else_branch")) {
            Optional<Graph> graph = c.attrs().graph(branch);
            if (graph.isPresent()) {
                int before = c.contradictions();
                List<Known> results = c.body(graph.get(), List.of());
                wrong.put(branch, c.contradictions() - before);
                (c.contradictions() == before ? possible : impossible).put(branch, results);
            }
        }
        Optional<Long> condition = c.numbers(0).filter(n -> n.size() == 1).map(List::getFirst);
        if (condition.isPresent()) {
            possible.putAll(impossible);
            possible.remove(condition.get() != 0 ? "else_branch" : "then_branch");
        }
        if (possible.isEmpty()) {
            possible.putAll(impossible);
        }
        if (possible.size() == 1) {
            c.only(possible.keySet().iterator().next());
        }
        c.contradictions(
                outside + possible.keySet().stream().mapToInt(wrong::get).sum());
        for (int i = 0; i < c.outputs(); i++) {
            int at = i;
            possible.values().stream()
                    .map(known -> at < known.size() ? known.get(at) : Known.NOTHING)
                    .reduce(Bodies::either)
                    .ifPresent(known -> {
                        c.know(at, known);
                    });
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        if (c.only().isPresent()) {
            return c.attrs().graph(c.only().get()).map(c::body).orElse(OpCost.UNKNOWN);
        }
        OpCost then = c.attrs().graph("then_branch").map(c::body).orElse(OpCost.UNKNOWN);
        OpCost otherwise = c.attrs().graph("else_branch").map(c::body).orElse(OpCost.UNKNOWN);
        return then.max(otherwise);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW);
    }
}
