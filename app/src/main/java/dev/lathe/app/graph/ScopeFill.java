package dev.lathe.app.graph;

import dev.lathe.core.OneLine;
import dev.lathe.graph.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Gives every node a scope: its own where names give one, else from its neighbours. A node between two of
/// the same scope joins it; between two scopes it goes to what they share; bias, activation and the like go
/// with what they follow; constants and shape arithmetic with what they serve.
final class ScopeFill {
    private final Flow flow;
    private final List<Optional<List<String>>> known = new ArrayList<>();

    ScopeFill(Flow flow) {
        this.flow = flow;
    }

    List<List<String>> scopes() {
        ScopeNames names = new ScopeNames(flow);
        int n = flow.nodes.size();
        for (int i = 0; i < n; i++) {
            known.add(names.scope(i));
        }
        takeFromBias();
        List<Optional<List<String>>> forward = forward();
        List<Optional<List<String>>> backward = backward();
        List<List<String>> out = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            if (known.get(i).isPresent()) {
                out.add(known.get(i).get());
                continue;
            }
            out.add(between(i, forward.get(i), backward.get(i), out));
        }
        serveConsumers(out);
        placeBodies(out);
        return out;
    }

    /// Older exporters rename a MatMul's weight and leave the name on the bias that is added next.
    private void takeFromBias() {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).isEmpty() && !flow.folded.get(i) && flow.consumers[i].length == 1) {
                int c = flow.consumers[i][0];
                if (!Operators.isMinor(flow.nodes.get(i))
                        && Operators.isMinor(flow.nodes.get(c))
                        && flow.producers[c].length == 1) {
                    known.set(i, known.get(c));
                }
            }
        }
    }

    private List<String> between(
            int i, Optional<List<String>> before, Optional<List<String>> after, List<List<String>> scopes) {
        if (Operators.isMinor(flow.nodes.get(i)) && flow.producers[i].length == 1) {
            return scopes.get(flow.producers[i][0]);
        }
        if (before.isEmpty() || after.isEmpty()) {
            return before.or(() -> after).orElse(List.of());
        }
        List<String> f = before.get();
        List<String> both = ScopeNames.shared(f, after.get());
        if (!both.isEmpty()) {
            return both;
        }
        // Between two nodes of one large block it is inside, whatever else comes in.
        for (int p : flow.producers[i]) {
            List<String> one = scopes.get(p);
            if (!one.isEmpty()
                    && !after.get().isEmpty()
                    && one.getFirst().equals(after.get().getFirst())) {
                return one.subList(0, 1);
            }
        }
        // Sharing nothing, it still stands in the same large block as what it follows.
        return f.size() > 1 ? f.subList(0, 1) : both;
    }

    /// What is known before each node: its own scope, or what its producers share; empty where nothing is.
    private List<Optional<List<String>>> forward() {
        List<Optional<List<String>>> f = new ArrayList<>(Collections.nCopies(known.size(), Optional.empty()));
        for (int i = 0; i < known.size(); i++) {
            f.set(i, known.get(i).isPresent() ? known.get(i) : sharedKnown(flow.producers[i], f));
        }
        return f;
    }

    private List<Optional<List<String>>> backward() {
        List<Optional<List<String>>> b = new ArrayList<>(Collections.nCopies(known.size(), Optional.empty()));
        for (int i = known.size() - 1; i >= 0; i--) {
            b.set(i, known.get(i).isPresent() ? known.get(i) : sharedKnown(flow.consumers[i], b));
        }
        return b;
    }

    private static Optional<List<String>> sharedKnown(int[] of, List<Optional<List<String>>> scopes) {
        Optional<List<String>> s = Optional.empty();
        for (int i : of) {
            Optional<List<String>> one = scopes.get(i);
            s = s.isEmpty() ? one : one.isEmpty() ? s : Optional.of(ScopeNames.shared(s.get(), one.get()));
        }
        return s;
    }

    private static List<String> shared(int[] of, List<List<String>> scopes) {
        if (of.length == 0) {
            return List.of();
        }
        List<String> s = scopes.get(of[0]);
        for (int i = 1; i < of.length; i++) {
            s = ScopeNames.shared(s, scopes.get(of[i]));
        }
        return s;
    }

    private void serveConsumers(List<List<String>> out) {
        List<List<Integer>> users = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            users.add(new ArrayList<>(1));
        }
        for (int i = 0; i < known.size(); i++) {
            for (var in : flow.nodes.get(i).inputs()) {
                int p = flow.producerOf(in);
                if (p >= 0 && flow.folded.get(p)) {
                    users.get(p).add(i);
                }
            }
        }
        for (int i = known.size() - 1; i >= 0; i--) {
            if (flow.folded.get(i) && !users.get(i).isEmpty()) {
                List<String> s =
                        shared(users.get(i).stream().mapToInt(Integer::intValue).toArray(), out);
                // Named shared by several scopes keep their own place.
                if (s.size() >= out.get(i).size() || known.get(i).isEmpty()) {
                    out.set(i, s);
                }
            }
        }
    }

    /// Nodes of bodies stand in a scope of their control-flow node.
    private void placeBodies(List<List<String>> out) {
        for (int i = flow.nodes.size() - 1; i >= 0; i--) {
            Node n = flow.nodes.get(i);
            if (!n.subgraphs().isEmpty()) {
                List<String> own = new ArrayList<>(out.get(i));
                own.add(OneLine.of(n.shownName()).replace('/', '.').replaceAll("^\\.", ""));
                out.set(i, own);
            }
        }
        for (int i = flow.nodes.size() - 1; i >= 0; i--) {
            int owner = flow.bodyOf.get(i);
            if (owner >= 0) {
                List<String> own = new ArrayList<>(out.get(owner));
                List<dev.lathe.graph.Graph> bodies = flow.nodes.get(owner).subgraphs();
                if (bodies.size() > 1) {
                    own.add(bodyName(flow.nodes.get(owner), flow.owners.get(i), bodies));
                }
                own.addAll(out.get(i));
                out.set(i, own);
            }
        }
    }

    private static String bodyName(Node owner, dev.lathe.graph.Graph body, List<dev.lathe.graph.Graph> bodies) {
        int at = bodies.indexOf(body);
        if (owner.op().equals("If")) {
            // Attributes may come in either order; the entry's name says which branch it is.
            int k = 0;
            for (var e : owner.attrs().entries()) {
                if (e.value() instanceof dev.lathe.graph.Attr.GraphAttr) {
                    if (k++ == at) {
                        return e.name().startsWith("then") ? "then" : "else";
                    }
                }
            }
        }
        return "body " + (at + 1);
    }
}
