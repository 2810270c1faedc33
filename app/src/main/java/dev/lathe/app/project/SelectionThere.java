package dev.lathe.app.project;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What a selection in one variant is in another: the same thing where it is there, else what was made of it.
final class SelectionThere {
    private SelectionThere() {}

    static Selection of(Selection here, Optional<Model> from, Optional<Model> to) {
        if (from.isEmpty() || to.isEmpty()) {
            return Selection.NONE;
        }
        Graph old = from.get().graph();
        Graph next = to.get().graph();
        return switch (here) {
            case Selection.None n -> n;
            // Which blocks there are is known to who draws them.
            case Selection.OfScope scope -> scope;
            case Selection.OfNode(NodeId node) ->
                old.node(node)
                        .flatMap(n -> same(n, next).or(() -> madeOf(n, next)))
                        .<Selection>map(n -> new Selection.OfNode(n.id()))
                        .orElse(Selection.NONE);
            case Selection.OfValue(ValueId value) ->
                next.value(value).isPresent() && isSame(value, old, next) ? here : Selection.NONE;
        };
    }

    /// By its name, or renamed: by the place where it comes from.
    private static boolean isSame(ValueId value, Graph old, Graph next) {
        if (next.nameOf(value).equals(old.nameOf(value))) {
            return true;
        }
        Optional<Node> by = old.producer(value);
        return by.isEmpty()
                ? old.isInput(value) && next.isInput(value)
                : next.producer(value)
                        .filter(n -> n.id().equals(by.get().id())
                                && same(by.get(), next).isPresent()
                                && n.outputs().indexOf(value)
                                        == by.get().outputs().indexOf(value))
                        .isPresent();
    }

    /// Ids survive passes that keep the node; one that was renamed still is of the same origin.
    private static Optional<Node> same(Node node, Graph next) {
        return next.node(node.id())
                .filter(n -> n.shownName().equals(node.shownName())
                        || n.op().equals(node.op())
                                && !n.origin().sources().isEmpty()
                                && n.origin().sources().equals(node.origin().sources()));
    }

    /// Of the nodes that a layer became the one that does its work: `MatMulInteger` for `MatMul`.
    private static Optional<Node> madeOf(Node node, Graph next) {
        List<Node> related = next.nodes().stream()
                .filter(n -> !Collections.disjoint(
                        n.origin().sources(), node.origin().sources()))
                .toList();
        return related.stream()
                .filter(n -> n.op().startsWith(node.op()) || node.op().startsWith(n.op()))
                .findFirst()
                .or(() -> related.stream().findFirst());
    }
}
