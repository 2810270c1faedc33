package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Drops nodes whose results nobody needs, and weights that nobody reads. Inputs stay: they are the model's
/// signature. A node without any output stays too: it is there for what it does.
final class DeadCode implements Simplification {
    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        return EveryGraph.rewrite(model, DeadCode::sweep);
    }

    static Graph sweep(Graph graph, IdSpace ids) {
        Set<ValueId> needed = new HashSet<>(graph.outputs());
        List<NodeId> dead = new ArrayList<>();
        for (Node n : graph.nodes().reversed()) {
            boolean outputs = n.outputs().stream().anyMatch(ValueId::isPresent);
            if (outputs && n.outputs().stream().noneMatch(needed::contains)) {
                dead.add(n.id());
            } else {
                needed.addAll(n.inputs());
                n.subgraphs().forEach(g -> needed.addAll(g.captures()));
            }
        }
        Set<ValueId> inputs = new HashSet<>(graph.inputs());
        List<ValueId> unread = graph.initializers().keySet().stream()
                .filter(v -> !needed.contains(v) && !inputs.contains(v))
                .toList();
        if (dead.isEmpty() && unread.isEmpty()) {
            return graph;
        }
        Editor edit = graph.edit(ids);
        dead.forEach(edit::remove);
        unread.forEach(edit::removeInitializer);
        return edit.commit();
    }
}
