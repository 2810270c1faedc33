package dev.lathe.graph.analyze;

import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The calls of model-local functions that are under way, and how many more may be followed. A few functions that call
/// each other twice stand for more nodes than any memory holds, so what calls amount to is bounded by the model's size.
final class Calls {
    private static final int DEEPEST = 64;
    private static final long LEAST_BUDGET = 20_000;
    private static final long TIMES_THE_MODEL = 20;

    private final Set<String> open = new LinkedHashSet<>();
    private long left;

    Calls(Model model) {
        long nodes = nodes(model.graph())
                + model.functions().stream().mapToLong(f -> nodes(f.body())).sum();
        left = Math.max(LEAST_BUDGET, TIMES_THE_MODEL * nodes);
    }

    /// Why this call is not followed; empty when it is, and then [#leave] ends it.
    Optional<String> enter(Function function) {
        if (open.contains(name(function))) {
            return Optional.of("the function calls itself");
        }
        if (open.size() >= DEEPEST) {
            return Optional.of("functions call each other more than " + DEEPEST + " deep");
        }
        if (left <= 0) {
            return Optional.of("the calls of functions amount to too many nodes; this one is not followed");
        }
        left -= 1 + nodes(function.body());
        open.add(name(function));
        return Optional.empty();
    }

    void leave(Function function) {
        open.remove(name(function));
    }

    boolean isInside() {
        return !open.isEmpty();
    }

    private static String name(Function f) {
        return f.domain() + ':' + f.name() + ':' + f.overload();
    }

    private static long nodes(Graph graph) {
        long[] sum = {0};
        graph.forEachGraph(g -> sum[0] += g.nodes().size());
        return sum[0];
    }
}
