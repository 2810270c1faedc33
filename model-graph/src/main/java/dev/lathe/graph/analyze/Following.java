package dev.lathe.graph.analyze;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.Tensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How far inference follows calls of model-local functions and the bodies of If, Loop and Scan. A few functions that
/// call each other twice, or loops inside loops whose bodies take several rounds, stand for more nodes than any memory
/// holds, so what they amount to is bounded by the model's size, and their depth by the stack.
///
/// Everything that a graph says counts: its nodes with their inputs, outputs and lists of attributes, and its values,
/// of which every call has its own facts. A node comes to about five.
final class Following {
    private static final int DEEPEST = 96;
    private static final long LEAST_BUDGET = 120_000;
    private static final long TIMES_THE_MODEL = 20;
    /// The facts inside calls are kept, which takes memory and not only time.
    private static final long LEAST_KEPT = 1_000_000;

    private static final long KEPT_TIMES_THE_MODEL = 4;

    private final Set<OperatorKey> calls = new LinkedHashSet<>();
    private final Map<Graph, Long> own = new IdentityHashMap<>();
    private final Map<Graph, Long> whole = new IdentityHashMap<>();
    private int bodies;
    private long left;
    private long room;
    private long refusals;

    Following(Model model) {
        long size = whole(model.graph())
                + model.functions().stream().mapToLong(f -> whole(f.body())).sum();
        left = Math.max(LEAST_BUDGET, TIMES_THE_MODEL * size);
        room = Math.max(LEAST_KEPT, KEPT_TIMES_THE_MODEL * size);
    }

    /// Why this call is not followed; empty when it is, and then [#leave] ends it.
    Optional<String> enter(Function function) {
        if (calls.contains(OperatorKey.of(function))) {
            refusals++;
            return Optional.of("the function calls itself");
        }
        Optional<String> refusal = refusal();
        if (refusal.isEmpty()) {
            left -= whole(function.body());
            calls.add(OperatorKey.of(function));
        }
        return refusal;
    }

    void leave(Function function) {
        calls.remove(OperatorKey.of(function));
    }

    /// Whether there is room for what was found inside one more call of this body, which takes it.
    boolean keeps(Graph body) {
        room -= whole(body);
        return room >= 0;
    }

    /// Why this body is not followed; empty when it is, and then [#leaveBody] ends it.
    Optional<String> enterBody(Graph body) {
        Optional<String> refusal = refusal();
        if (refusal.isEmpty()) {
            left -= own(body);
            bodies++;
        }
        return refusal;
    }

    /// Whether so many more rounds of a body leave enough for the rest of the model.
    boolean affords(Graph body, long rounds) {
        return rounds * whole(body) <= left / 2;
    }

    void leaveBody() {
        bodies--;
    }

    boolean isInCall() {
        return !calls.isEmpty();
    }

    /// How often something was not followed so far.
    long refusals() {
        return refusals;
    }

    private Optional<String> refusal() {
        if (calls.size() + bodies < DEEPEST && left > 0) {
            return Optional.empty();
        }
        refusals++;
        return Optional.of(
                calls.size() + bodies >= DEEPEST
                        ? "functions and bodies are nested more than " + DEEPEST + " deep"
                        : "calls of functions and rounds of loops amount to too many nodes;"
                                + " this one is not followed");
    }

    /// What is said in the graph and in the graphs inside it.
    private long whole(Graph graph) {
        Long known = whole.get(graph);
        if (known != null) {
            return known;
        }
        long[] sum = {0};
        graph.forEachGraph(g -> sum[0] += own(g));
        whole.put(graph, sum[0]);
        return sum[0];
    }

    private long own(Graph graph) {
        return own.computeIfAbsent(graph, g -> {
            long sum = 1L + g.values().size() + g.outputs().size();
            for (Node n : g.nodes()) {
                sum += 1 + n.inputs().size() + n.outputs().size();
                for (Attrs.Entry e : n.attrs().entries()) {
                    sum += listed(e.value());
                }
            }
            return sum;
        });
    }

    /// How many numbers or words an operator may have to look through.
    private static int listed(Attr value) {
        return switch (value) {
            case Attr.IntsAttr(List<Long> all) -> all.size();
            case Attr.FloatsAttr(List<Float> all) -> all.size();
            case Attr.StringsAttr(List<String> all) -> all.size();
            case Attr.TensorsAttr(List<Tensor> all) -> all.size();
            case Attr.IntAttr one -> 0;
            case Attr.FloatAttr one -> 0;
            case Attr.StringAttr one -> 0;
            case Attr.TensorAttr one -> 0;
            case Attr.GraphAttr one -> 0;
            case Attr.GraphsAttr one -> 0;
            case Attr.TypeAttr one -> 0;
            case Attr.RefAttr one -> 0;
            case Attr.OpaqueAttr one -> 0;
        };
    }
}
