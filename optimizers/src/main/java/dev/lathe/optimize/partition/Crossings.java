package dev.lathe.optimize.partition;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.profile.input.InputShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What crosses each border of the main graph, if it were cut there: border `p` lies before the node at position
/// `p`. A tensor that crosses is made before the border and used behind it (also from inside a subgraph), and
/// counts once however many users it has. Constants and the model's own inputs do not cross: each stage has
/// what it needs of them.
final class Crossings {
    private final long[] bytes;
    private final int[] tensors;
    private final boolean[] legal;
    private final boolean[] known;
    private final long[] inputsBefore;
    private final long[] outputsBefore;

    /// A value that lives from after node `from` to node `to`.
    private record Span(ValueId value, int from, int to) {}

    private final List<Span> spans = new ArrayList<>();

    Crossings(Analysis analysis) {
        Graph graph = analysis.model().graph();
        int n = graph.nodes().size();
        bytes = new long[n + 1];
        tensors = new int[n + 1];
        legal = new boolean[n + 1];
        known = new boolean[n + 1];
        inputsBefore = new long[n + 1];
        outputsBefore = new long[n + 1];
        modelEnds(analysis, graph);
        int[] unknown = new int[n + 2];
        int[] refused = new int[n + 2];
        long[] change = new long[n + 2];
        int[] count = new int[n + 2];
        Set<Node> constant = ConstantNodes.of(analysis.model());
        int lastWork = 0;
        for (int p = 0; p < n; p++) {
            Node node = graph.nodes().get(p);
            if (constant.contains(node)) {
                continue;
            }
            lastWork = p;
            for (ValueId out : node.outputs()) {
                int last = out.isPresent() ? lastUse(graph, out) : -1;
                if (last <= p) {
                    continue;
                }
                spans.add(new Span(out, p, last));
                Optional<Long> size = size(analysis.type(out), analysis);
                add(change, p, last, size.orElse(0L));
                add(count, p, last, 1);
                add(unknown, p, last, size.isPresent() ? 0 : 1);
                add(refused, p, last, movable(analysis.type(out)) ? 0 : 1);
            }
        }
        long b = 0;
        int t = 0;
        int u = 0;
        int r = 0;
        for (int p = 0; p <= n; p++) {
            b += change[p];
            t += count[p];
            u += unknown[p];
            r += refused[p];
            bytes[p] = b;
            tensors[p] = t;
            known[p] = u == 0;
            // Directly behind a node that computes, and not behind the last one: so no stage is empty.
            boolean behindWork = p > 0 && !constant.contains(graph.nodes().get(p - 1));
            legal[p] = behindWork && p <= lastWork && r == 0;
        }
    }

    /// The model's own inputs count where they are first used, its outputs where they are made; what is constant is
    /// not sent.
    private void modelEnds(Analysis analysis, Graph graph) {
        Set<ValueId> constant = Constants.of(analysis.model()).all().keySet();
        for (ValueId in : graph.inputs()) {
            int first = graph.consumers(in).stream()
                    .mapToInt(user -> graph.position(user.id()))
                    .min()
                    .orElse(-1);
            if (first >= 0 && !constant.contains(in)) {
                inputsBefore[first + 1] += size(analysis.type(in), analysis).orElse(0L);
            }
        }
        for (ValueId out : graph.outputs()) {
            graph.producer(out)
                    .ifPresent(maker -> outputsBefore[graph.position(maker.id()) + 1] +=
                            size(analysis.type(out), analysis).orElse(0L));
        }
        for (int p = 1; p < inputsBefore.length; p++) {
            inputsBefore[p] += inputsBefore[p - 1];
            outputsBefore[p] += outputsBefore[p - 1];
        }
    }

    private static void add(long[] change, int from, int to, long amount) {
        change[from + 1] += amount;
        change[to + 1] -= amount;
    }

    private static void add(int[] change, int from, int to, int amount) {
        change[from + 1] += amount;
        change[to + 1] -= amount;
    }

    private static int lastUse(Graph graph, ValueId value) {
        int last = -1;
        for (Node user : graph.consumers(value)) {
            last = Math.max(last, graph.position(user.id()));
        }
        return last;
    }

    private static Optional<Long> size(ValueType type, Analysis analysis) {
        Optional<DType> dtype = type.dtype();
        if (dtype.isEmpty() || !(type.shape() instanceof Shape.Ranked(List<Dim> dims))) {
            return Optional.empty();
        }
        long elements = 1;
        for (Dim d : dims) {
            Optional<Long> size = InputShape.size(d, analysis.dims().sizes());
            if (size.isEmpty() || size.get() < 0) {
                return Optional.empty();
            }
            elements *= size.get();
        }
        return Optional.of(dtype.get().bytesFor(elements));
    }

    /// Only dense tensors travel between processes, and a stage must say of which element type.
    private static boolean movable(ValueType type) {
        return type instanceof ValueType.TensorType t && t.dtype().isPresent();
    }

    long bytes(int border) {
        return bytes[border];
    }

    /// Bytes of the model's inputs that the nodes before a border use first.
    long inputsBefore(int border) {
        return inputsBefore[border];
    }

    /// Bytes of the model's outputs that the nodes before a border make.
    long outputsBefore(int border) {
        return outputsBefore[border];
    }

    int tensors(int border) {
        return tensors[border];
    }

    boolean legal(int border) {
        return legal[border];
    }

    boolean known(int border) {
        return known[border];
    }

    List<ValueId> values(int border) {
        return spans.stream()
                .filter(s -> s.from() < border && s.to() >= border)
                .map(Span::value)
                .toList();
    }
}
