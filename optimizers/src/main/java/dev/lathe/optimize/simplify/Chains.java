package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Origin;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two movements in a row become one: `Transpose_q(Transpose_p(x)) → Transpose_p∘q(x)` and
/// `Reshape(Reshape(x, s), t) → Reshape(x, t)` for a `t` that takes no extent from its input.
final class Chains implements Simplification {
    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        Facts facts = Facts.of(model, context.job());
        return EveryGraph.rewrite(model, (graph, ids) -> shorten(graph, ids, facts));
    }

    private static Graph shorten(Graph graph, IdSpace ids, Facts facts) {
        Editor edit = graph.edit(ids);
        for (Node n : graph.nodes()) {
            Optional<Node> inner = n.inputs().isEmpty() ? Optional.empty() : graph.producer(n.input(0));
            // Only where the inner node disappears: else its cost would stay and another would be added.
            if (inner.isEmpty()
                    || graph.consumers(n.input(0)).size() > 1
                    || graph.isOutput(n.input(0))
                    || !inner.get().input(0).isPresent()) {
                continue;
            }
            shortened(n, inner.get(), facts).ifPresent(edit::replace);
        }
        return edit.commit();
    }

    private static Optional<Node> shortened(Node n, Node inner, Facts facts) {
        if (Purity.is(n, "Transpose") && Purity.is(inner, "Transpose")) {
            Optional<List<Long>> p = facts.permutation(inner);
            Optional<List<Long>> q = facts.permutation(n);
            if (p.isEmpty() || q.isEmpty() || p.get().size() != q.get().size()) {
                return Optional.empty();
            }
            List<Long> both = new ArrayList<>();
            q.get().forEach(i -> both.add(p.get().get(i.intValue())));
            return Optional.of(from(n, inner).withAttrs(n.attrs().with("perm", Attr.ints(both))));
        }
        if (Purity.is(n, "Reshape") && Purity.is(inner, "Reshape") && n.inputs().size() == 2) {
            Optional<long[]> target = facts.longs(n.input(1));
            boolean own = target.isPresent();
            for (long d : target.orElse(new long[0])) {
                own &= d != 0;
            }
            return own ? Optional.of(from(n, inner)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Node from(Node n, Node inner) {
        List<ValueId> inputs = new ArrayList<>(n.inputs());
        inputs.set(0, inner.input(0));
        return n.withInputs(inputs).withOrigin(new Origin.Derived(Simplify.NAME, List.of(inner.origin(), n.origin())));
    }
}
