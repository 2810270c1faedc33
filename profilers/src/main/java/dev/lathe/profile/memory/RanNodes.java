package dev.lathe.profile.memory;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which nodes of the graph that an engine runs the kernels of one run were: by name, and those without one by operator
/// and their turn.
final class RanNodes {
    private final List<Node> order;
    private final Map<String, KernelEvent> byName = new HashMap<>();
    private final Set<String> ran = new HashSet<>();

    RanNodes(Graph graph, List<KernelEvent> run) {
        Map<String, Deque<Node>> waiting = new HashMap<>();
        for (Node n : graph.nodes()) {
            waiting.computeIfAbsent(key(n), k -> new ArrayDeque<>()).add(n);
        }
        List<Node> found = new ArrayList<>();
        for (KernelEvent k :
                run.stream().sorted(Comparator.comparing(KernelEvent::start)).toList()) {
            byName.putIfAbsent(k.node(), k);
            ran.add(k.node() + " " + k.op());
            Optional.ofNullable(waiting.getOrDefault(
                            "name " + k.node(), waiting.getOrDefault("op " + k.op(), new ArrayDeque<>())))
                    .map(Deque::poll)
                    .ifPresent(found::add);
        }
        order = found.size() == graph.nodes().size() ? List.copyOf(found) : graph.nodes();
    }

    private static String key(Node n) {
        return n.name().isEmpty() ? "op " + n.op() : "name " + n.name();
    }

    /// Nodes of the main graph as they ran; as they stand there where not all of them are known again.
    List<Node> order() {
        return order;
    }

    /// No kernel runs for it: the runtime takes what it holds when it opens the model.
    static boolean isConstant(Node n) {
        return n.op().equals("Constant");
    }

    /// Nodes of a body as they ran, constants first; as they stand there where not all of them are known again.
    List<Node> order(Graph body) {
        boolean all = body.nodes().stream()
                .filter(n -> !isConstant(n))
                .allMatch(n -> kernel(n).filter(k -> k.op().equals(n.op())).isPresent());
        return all
                ? body.nodes().stream()
                        .sorted(Comparator.comparing(
                                n -> kernel(n).map(KernelEvent::start).orElse(Duration.ZERO.minusNanos(1))))
                        .toList()
                : body.nodes();
    }

    Optional<KernelEvent> kernel(Node n) {
        return Optional.ofNullable(n.name().isEmpty() ? null : byName.get(n.name()));
    }

    /// The body that ran: the one that has most of the kernels; all when none has any.
    List<Graph> bodies(Node n) {
        Optional<Graph> most =
                n.subgraphs().stream().filter(g -> known(g) > 0).max(Comparator.comparingLong((Graph g) -> known(g)));
        return most.map(List::of).orElse(n.subgraphs());
    }

    private long known(Graph body) {
        return body.nodes().stream()
                .filter(n -> !n.name().isEmpty() && ran.contains(n.name() + " " + n.op()))
                .count();
    }
}
