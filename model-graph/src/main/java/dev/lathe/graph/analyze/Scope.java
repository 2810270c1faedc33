package dev.lathe.graph.analyze;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Known;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What inference knows about the values of one main graph with its subgraphs, or of one call of a function; calls with
/// the same arguments share one.
/// Facts lie in arrays.
final class Scope {
    private final Positions positions;
    private final FactBudget budget;
    private final Map<String, Long> opsets;
    private final Attrs actuals;
    private final @Nullable Known[] facts;
    private final @Nullable Tensor[] constants;
    private final boolean[] foldable;
    private final boolean[] beyondLoading;
    private final Map<NodeId, String> only = new HashMap<>();
    /// How often the graph in a node runs: one number.
    private final Map<NodeId, Known> trips = new HashMap<>();
    private final Map<NodeId, Scope> calls = new HashMap<>();
    /// The attributes of `actuals` by name, made when a reference asks.
    private final Map<String, Attr> actual = new HashMap<>();
    private final Set<Graph> entered = new HashSet<>();

    /// @param actuals the caller's attributes, which references inside a function mean
    Scope(Positions positions, FactBudget budget, Map<String, Long> opsets, Attrs actuals) {
        this.positions = positions;
        this.budget = budget;
        this.opsets = opsets;
        this.actuals = actuals;
        facts = new Known[positions.length()];
        constants = new Tensor[facts.length];
        foldable = new boolean[facts.length];
        beyondLoading = new boolean[facts.length];
    }

    /// Of a function that is called from here.
    Scope ofCall(Positions inside, Map<String, Long> itsOpsets, Attrs given) {
        return new Scope(inside, budget, itsOpsets, given);
    }

    Known known(ValueId id) {
        int at = positions.of(id);
        Known found = at >= 0 ? facts[at] : null;
        return found == null ? Known.NOTHING : found;
    }

    boolean followsContents() {
        return budget.isLeft();
    }

    void know(ValueId id, Known known) {
        int at = positions.of(id);
        if (at >= 0) {
            facts[at] = budget.within(known);
        }
    }

    Optional<Tensor> constant(ValueId id) {
        int at = positions.of(id);
        return at >= 0 ? Optional.ofNullable(constants[at]) : Optional.empty();
    }

    void constant(ValueId id, Tensor tensor) {
        int at = positions.of(id);
        if (at >= 0) {
            constants[at] = tensor;
        }
    }

    /// The value is computed from constants alone, once, when a runtime loads the model.
    void folded(ValueId id) {
        int at = positions.of(id);
        if (at >= 0) {
            foldable[at] = true;
        }
    }

    /// Whether the value is computed when the model is loaded.
    boolean isFolded(ValueId id) {
        int at = positions.of(id);
        return at >= 0 && foldable[at] && constants[at] == null;
    }

    /// Whether the value is there before the first run: a weight, or computed from weights alone.
    boolean isConstant(ValueId id) {
        int at = positions.of(id);
        return at >= 0 && (foldable[at] || constants[at] != null);
    }

    /// Whether more is known of the value than ONNX Runtime knows when it loads the model: it does not rule branches
    /// out, and the user's sizes are not in the file.
    boolean isBeyondLoading(ValueId id) {
        int at = positions.of(id);
        return at >= 0 && beyondLoading[at];
    }

    void beyondLoading(ValueId id, boolean beyond) {
        int at = positions.of(id);
        if (at >= 0) {
            beyondLoading[at] = beyond;
        }
    }

    /// Whether that holds for any of these.
    boolean isAnyBeyondLoading(List<ValueId> ids) {
        for (ValueId id : ids) {
            if (isBeyondLoading(id)) {
                return true;
            }
        }
        return false;
    }

    /// Whether that holds for what a node takes or for what a graph in it gives.
    boolean isBeyondLoading(Node node) {
        boolean found = isAnyBeyondLoading(node.inputs());
        for (Graph body : node.subgraphs()) {
            found |= isAnyBeyondLoading(body.outputs());
        }
        return found;
    }

    /// Changes every fact, here and in the calls made from here, each once.
    void replaceAll(UnaryOperator<Known> change) {
        replaceAll(change, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private void replaceAll(UnaryOperator<Known> change, Set<Scope> done) {
        if (!done.add(this)) {
            return;
        }
        for (int i = 0; i < facts.length; i++) {
            Known k = facts[i];
            if (k != null) {
                facts[i] = change.apply(k);
            }
        }
        trips.replaceAll((node, count) -> change.apply(count));
        calls.values().forEach(s -> s.replaceAll(change, done));
    }

    /// Before a node is inferred, perhaps again: what an earlier round said of it need not hold in this one.
    void forget(Node node) {
        only.remove(node.id());
        trips.remove(node.id());
        calls.remove(node.id());
        for (ValueId output : node.outputs()) {
            int at = positions.of(output);
            if (at >= 0) {
                foldable[at] = false;
                beyondLoading[at] = false;
                constants[at] = null;
            }
        }
    }

    void enter(Graph body) {
        entered.add(body);
    }

    /// A body is not gone into this time: what an earlier round left in it says nothing of this one.
    void notEntered(Graph body) {
        if (entered.remove(body)) {
            everyPlace(body).forEach(at -> facts[at] = null);
            body.forEachGraph(g -> g.nodes().forEach(this::forget));
        }
    }

    /// Takes what is known inside a body as it is now; running the result puts it back.
    Runnable saved(Graph body) {
        int[] places = everyPlace(body).toArray();
        @Nullable Known[] known = new Known[places.length];
        @Nullable Tensor[] fixed = new Tensor[places.length];
        boolean[] folded = new boolean[places.length];
        boolean[] beyond = new boolean[places.length];
        for (int i = 0; i < places.length; i++) {
            known[i] = facts[places[i]];
            fixed[i] = constants[places[i]];
            folded[i] = foldable[places[i]];
            beyond[i] = beyondLoading[places[i]];
        }
        Set<Graph> before = new HashSet<>();
        body.forEachGraph(g -> {
            if (entered.contains(g)) {
                before.add(g);
            }
        });
        Map<NodeId, String> decided = new HashMap<>();
        Map<NodeId, Scope> called = new HashMap<>();
        Map<NodeId, Known> counted = new HashMap<>();
        everyNode(body, n -> {
            only(n).ifPresent(attr -> decided.put(n, attr));
            call(n).ifPresent(inside -> called.put(n, inside));
            Optional.ofNullable(trips.get(n)).ifPresent(count -> counted.put(n, count));
        });
        return () -> {
            for (int i = 0; i < places.length; i++) {
                facts[places[i]] = known[i];
                constants[places[i]] = fixed[i];
                foldable[places[i]] = folded[i];
                beyondLoading[places[i]] = beyond[i];
            }
            everyNode(body, n -> {
                only.remove(n);
                calls.remove(n);
                trips.remove(n);
            });
            body.forEachGraph(entered::remove);
            entered.addAll(before);
            only.putAll(decided);
            calls.putAll(called);
            trips.putAll(counted);
        };
    }

    private static void everyNode(Graph body, Consumer<NodeId> visit) {
        body.forEachGraph(g -> g.nodes().forEach(n -> visit.accept(n.id())));
    }

    private IntStream everyPlace(Graph body) {
        IntStream.Builder places = IntStream.builder();
        body.forEachGraph(g -> {
            g.values().forEach(v -> places.add(positions.of(v.id())));
            g.nodes().forEach(n -> n.outputs().forEach(o -> places.add(positions.of(o))));
        });
        return places.build().filter(at -> at >= 0).distinct();
    }

    void call(NodeId node, Scope inside) {
        calls.put(node, inside);
    }

    void only(NodeId node, String attr) {
        only.put(node, attr);
    }

    /// The attribute that holds the only graph of the node that can run, where inference found one.
    Optional<String> only(NodeId node) {
        return Optional.ofNullable(only.get(node));
    }

    void trips(NodeId node, Dim count) {
        trips.put(
                node,
                budget.within(
                        Known.of(ValueType.tensor(DType.INT64, Shape.of())).withElements(List.of(count))));
    }

    /// Of the graph that a node holds; unknown where inference found none.
    Dim trips(NodeId node) {
        return Optional.ofNullable(trips.get(node))
                .flatMap(Known::elements)
                .map(List::getFirst)
                .orElse(Dim.unknown());
    }

    Optional<Scope> call(NodeId node) {
        return Optional.ofNullable(calls.get(node));
    }

    long opset(String domain) {
        String other = domain.isEmpty() ? "ai.onnx" : domain.equals("ai.onnx") ? "" : domain;
        return opsets.getOrDefault(domain, opsets.getOrDefault(other, 1L));
    }

    /// The node's attributes with references to the caller's replaced, or left out where the caller gives none.
    Attrs attrs(Node node) {
        Attrs own = node.attrs();
        for (Attrs.Entry e : own.entries()) {
            if (e.value() instanceof Attr.RefAttr) {
                return resolved(own);
            }
        }
        return own;
    }

    private Attrs resolved(Attrs own) {
        if (actual.isEmpty()) {
            actuals.entries().forEach(e -> actual.putIfAbsent(e.name(), e.value()));
        }
        List<Attrs.Entry> out = new ArrayList<>();
        for (Attrs.Entry e : own.entries()) {
            if (e.value() instanceof Attr.RefAttr(String name, int type)) {
                Optional.ofNullable(actual.get(name)).ifPresent(a -> out.add(new Attrs.Entry(e.name(), a, e.extra())));
            } else {
                out.add(e);
            }
        }
        return new Attrs(out);
    }
}
