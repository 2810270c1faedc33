package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.rewrite.Elements;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `Shape(x) → [2, 3, 4]`, `Size(x) → 24` and `Gather(Shape(x), i) → dᵢ` where the extents that are asked for
/// are fixed by the model itself, not merely by what somebody intends to feed it.
final class FoldShapes implements Simplification {
    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        Facts facts = Facts.of(model, context.job());
        return EveryGraph.rewrite(model, (graph, ids) -> fold(graph, ids, facts));
    }

    private static Graph fold(Graph graph, IdSpace ids, Facts facts) {
        Editor edit = graph.edit(ids);
        for (Node n : graph.nodes()) {
            Optional<Tensor> known = known(graph, n, facts);
            if (known.isPresent() && !graph.isOutput(n.output(0))) {
                edit.setInitializer(n.output(0), known.get());
                edit.remove(n.id());
            }
        }
        return edit.commit();
    }

    private static Optional<Tensor> known(Graph graph, Node n, Facts facts) {
        if (Purity.is(n, "Shape")) {
            return slice(n, facts).flatMap(FoldShapes::fixed).map(d -> Elements.int64(List.of((long) d.length), d));
        }
        if (Purity.is(n, "Size")) {
            OptionalLong size = facts.type(n.input(0)).shape().elements();
            return size.isPresent()
                    ? Optional.of(Elements.int64(List.of(), new long[] {size.getAsLong()}))
                    : Optional.empty();
        }
        if (Purity.is(n, "Gather") && n.attrs().intOr("axis", 0) == 0) {
            return graph.producer(n.input(0))
                    .filter(p -> Purity.is(p, "Shape"))
                    .flatMap(p -> slice(p, facts))
                    .flatMap(dims -> picked(dims, n.input(1), facts));
        }
        return Optional.empty();
    }

    /// The part of the input's dimensions that a Shape node gives (`start` and `end` since opset 15).
    private static Optional<List<Dim>> slice(Node shape, Facts facts) {
        if (!(facts.type(shape.input(0)).shape() instanceof Shape.Ranked(List<Dim> dims))) {
            return Optional.empty();
        }
        int from = clamp(shape.attrs().intOr("start", 0), dims.size());
        int to = clamp(shape.attrs().intOr("end", dims.size()), dims.size());
        return Optional.of(from < to ? dims.subList(from, to) : List.of());
    }

    private static int clamp(long index, int rank) {
        return (int) Math.clamp(index < 0 ? index + rank : index, 0L, (long) rank);
    }

    private static Optional<long[]> fixed(List<Dim> dims) {
        long[] all = new long[dims.size()];
        for (int i = 0; i < all.length; i++) {
            OptionalLong d = dims.get(i).fixed();
            if (d.isEmpty()) {
                return Optional.empty();
            }
            all[i] = d.getAsLong();
        }
        return Optional.of(all);
    }

    private static Optional<Tensor> picked(List<Dim> dims, ValueId indices, Facts facts) {
        Optional<Tensor> constant = facts.constants().find(indices);
        Optional<long[]> wanted = constant.flatMap(Elements::longs);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<Dim> picked = new java.util.ArrayList<>();
        for (long i : wanted.get()) {
            long at = i < 0 ? i + dims.size() : i;
            if (at < 0 || at >= dims.size()) {
                return Optional.empty();
            }
            picked.add(dims.get((int) at));
        }
        return fixed(picked).map(d -> Elements.int64(constant.orElseThrow().dims(), d));
    }
}
