package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Origin;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `y = f(x), z = f(x) → y = z = f(x)` for pure operators with equal attributes.
final class MergeNodes implements Simplification {
    private record Key(
            String domain, String op, String overload, List<ValueId> inputs, List<Attrs.Entry> attrs, int outputs) {}

    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        return EveryGraph.rewrite(model, (graph, ids) -> merge(model, graph, ids));
    }

    private static Graph merge(Model model, Graph graph, IdSpace ids) {
        Map<Key, Node> first = new HashMap<>();
        Map<ValueId, ValueId> same = new HashMap<>();
        Set<ValueId> results = new HashSet<>(graph.outputs());
        Editor edit = graph.edit(ids);
        for (Node n : graph.nodes()) {
            if (!Purity.isPure(model, n) || n.inputs().isEmpty()) {
                continue;
            }
            Key key = key(n, same);
            Node kept = first.putIfAbsent(key, n);
            // Of two results that callers ask for by name, each needs a node of its own.
            if (kept != null && n.outputs().stream().noneMatch(results::contains) && covers(kept, n)) {
                for (int i = 0; i < n.outputs().size(); i++) {
                    if (n.output(i).isPresent()) {
                        edit.redirect(n.output(i), kept.output(i));
                        same.put(n.output(i), kept.output(i));
                    }
                }
                Node merged = kept.withOrigin(new Origin.Derived(Simplify.NAME, List.of(kept.origin(), n.origin())));
                edit.replace(merged);
                edit.remove(n.id());
                first.put(key, merged);
            }
        }
        return edit.commit();
    }

    private static Key key(Node n, Map<ValueId, ValueId> same) {
        return new Key(
                n.domain(),
                n.op(),
                n.overload(),
                n.inputs().stream().map(v -> same.getOrDefault(v, v)).toList(),
                n.attrs().entries().stream()
                        .sorted(Comparator.comparing(Attrs.Entry::name))
                        .toList(),
                n.outputs().size());
    }

    private static boolean covers(Node kept, Node other) {
        for (int i = 0; i < other.outputs().size(); i++) {
            if (other.output(i).isPresent() && !kept.output(i).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
