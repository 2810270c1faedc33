package dev.lathe.graph.analyze;

import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.OperatorKey;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// How far inference follows calls of model-local functions and the bodies of If, Loop and Scan. A few functions that
/// call each other twice, or loops inside loops whose bodies take several rounds, stand for more nodes than any memory
/// holds, so what they amount to is bounded by the model's size, and their depth by the stack.
final class Following {
    private static final int DEEPEST = 96;
    private static final long LEAST_BUDGET = 20_000;
    private static final long TIMES_THE_MODEL = 20;

    private final Set<OperatorKey> calls = new LinkedHashSet<>();
    private int bodies;
    private long left;
    private long refusals;

    Following(Model model) {
        long nodes = nodes(model.graph())
                + model.functions().stream().mapToLong(f -> nodes(f.body())).sum();
        left = Math.max(LEAST_BUDGET, TIMES_THE_MODEL * nodes);
    }

    /// Why this call is not followed; empty when it is, and then [#leave] ends it.
    Optional<String> enter(Function function) {
        if (calls.contains(OperatorKey.of(function))) {
            refusals++;
            return Optional.of("the function calls itself");
        }
        Optional<String> refusal = refusal();
        if (refusal.isEmpty()) {
            left -= 1 + nodes(function.body());
            calls.add(OperatorKey.of(function));
        }
        return refusal;
    }

    void leave(Function function) {
        calls.remove(OperatorKey.of(function));
    }

    /// Why this body is not followed; empty when it is, and then [#leaveBody] ends it.
    Optional<String> enterBody(Graph body) {
        Optional<String> refusal = refusal();
        if (refusal.isEmpty()) {
            left -= 1 + body.nodes().size();
            bodies++;
        }
        return refusal;
    }

    /// Whether so many more rounds of a body leave enough for the rest of the model.
    boolean affords(Graph body, long rounds) {
        return rounds * (1 + nodes(body)) <= left / 2;
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

    private static long nodes(Graph graph) {
        long[] sum = {0};
        graph.forEachGraph(g -> sum[0] += g.nodes().size());
        return sum[0];
    }
}
