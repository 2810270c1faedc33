package dev.lathe.graph.edit;

import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which values are the same in every run, but for weights that a caller may replace: weights, those of enclosing
/// graphs too, what Constant nodes give, and what
/// is computed of nothing else. Looks only at the nodes behind the value asked for, as inferring a large model
/// after each of many edits would take seconds.
final class Constants {
    private final OpCatalog catalog = OpCatalog.standard();
    private final List<Graph> graphs = new ArrayList<>();

    Constants(Model model) {
        model.graph().forEachGraph(graphs::add);
        for (Function f : model.functions()) {
            f.body().forEachGraph(graphs::add);
        }
    }

    boolean has(ValueId value) {
        Deque<ValueId> open = new ArrayDeque<>(List.of(value));
        Set<ValueId> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            ValueId next = open.pop();
            Graph home = graphs.stream()
                    .filter(g -> g.initializer(next).isPresent()
                            || g.isInput(next)
                            || g.producer(next).isPresent())
                    .findFirst()
                    .orElse(null);
            // A sparse weight comes from nowhere.
            if (home == null || home.initializer(next).isPresent()) {
                continue;
            }
            if (home.isInput(next) || !isComputedAtLoad(home.producer(next).orElseThrow())) {
                return false;
            }
            for (ValueId in : home.producer(next).orElseThrow().inputs()) {
                if (in.isPresent() && seen.add(in)) {
                    open.push(in);
                }
            }
        }
        return true;
    }

    private boolean isComputedAtLoad(Node node) {
        return node.subgraphs().isEmpty()
                && catalog.find(node).filter(s -> s.is(Trait.CONSTANT_FOLDABLE)).isPresent();
    }
}
