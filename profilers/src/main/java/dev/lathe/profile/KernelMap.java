package dev.lathe.profile;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.Costs;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.engine.KernelEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which layers of the source graph a kernel stands for, and what part of its time each of them gets ([Cones] says
/// how they are found; the parts follow the estimated costs of the layers).
///
/// Kernels are recognised by the names of the engine's nodes. Names may repeat: the n-th kernel of a name is the
/// n-th node of that name. A node without a name shows up as its operator and a number.
public final class KernelMap {
    /// What a kernel at least costs: the start of one, about 10 ns of arithmetic.
    private static final double LEAST_SECONDS = 1e-8;

    // Only their ratio matters, within one kernel: it says whether a layer is bound by arithmetic or by memory.
    private static final double FLOP_PER_SECOND = 50e9;
    private static final double BYTES_PER_SECOND = 10e9;

    private static final Pattern NUMBERED = Pattern.compile("_\\d+$");

    private final Map<String, List<Map<NodeId, Double>>> named;
    private final Map<String, List<Map<NodeId, Double>>> unnamed;
    private final Set<String> onlyInBodies;

    private KernelMap(
            Map<String, List<Map<NodeId, Double>>> named,
            Map<String, List<Map<NodeId, Double>>> unnamed,
            Set<String> onlyInBodies) {
        this.named = named;
        this.unnamed = unnamed;
        this.onlyInBodies = onlyInBodies;
    }

    /// A kernel of a run with the layers that share its time: parts that sum to 1, none when it stands for no layer.
    public record Shared(KernelEvent kernel, Map<NodeId, Double> parts) {
        public Shared {
            parts = Map.copyOf(parts);
        }
    }

    /// @param source the model whose layers people know
    /// @param optimized the graph that the engine runs, as it saved it
    public static KernelMap of(Analysis source, Model optimized) {
        Map<NodeId, Set<NodeId>> cones = Cones.of(source.model().graph(), optimized.graph());
        Map<NodeId, Map<NodeId, Double>> parts = new HashMap<>();
        cones.forEach((id, cone) -> parts.put(id, parts(cone, source.costs())));
        return of(optimized.graph(), parts);
    }

    /// For an engine that runs the graph as it is.
    public static KernelMap unchanged(Model source) {
        Map<NodeId, Map<NodeId, Double>> parts = new HashMap<>();
        source.graph().nodes().forEach(n -> parts.put(n.id(), Map.of(n.id(), 1.0)));
        return of(source.graph(), parts);
    }

    private static KernelMap of(Graph run, Map<NodeId, Map<NodeId, Double>> parts) {
        Map<String, List<Map<NodeId, Double>>> named = new HashMap<>();
        Map<String, List<Map<NodeId, Double>>> unnamed = new HashMap<>();
        Set<String> inBodies = new HashSet<>();
        for (Node n : run.nodes()) {
            boolean hasName = !n.name().isEmpty();
            (hasName ? named : unnamed)
                    .computeIfAbsent(hasName ? n.name() : n.op(), k -> new ArrayList<>(1))
                    .add(parts.getOrDefault(n.id(), Map.of()));
            n.subgraphs().forEach(s -> s.forEachGraph(g -> g.nodes().forEach(b -> inBodies.add(b.name()))));
        }
        inBodies.removeAll(named.keySet());
        return new KernelMap(named, unnamed, inBodies);
    }

    /// The kernels of one run that count, with their layers. Kernels inside an If, Loop or Scan are left out: their
    /// time is within that of the node that holds them.
    public List<Shared> share(List<KernelEvent> run) {
        Map<String, ArrayDeque<Map<NodeId, Double>>> left = new HashMap<>();
        List<Shared> shared = new ArrayList<>();
        for (KernelEvent k : KernelNesting.outermost(run, onlyInBodies)) {
            shared.add(new Shared(k, next(k, left)));
        }
        return shared;
    }

    private Map<NodeId, Double> next(KernelEvent k, Map<String, ArrayDeque<Map<NodeId, Double>>> left) {
        List<Map<NodeId, Double>> all = named.getOrDefault(k.node(), List.of());
        String key = "name " + k.node();
        if (all.isEmpty() && NUMBERED.matcher(k.node()).replaceFirst("").equals(k.op())) {
            all = unnamed.getOrDefault(k.op(), List.of());
            key = "op " + k.op();
        }
        if (all.size() == 1) {
            return all.getFirst();
        }
        List<Map<NodeId, Double>> candidates = all;
        return Optional.ofNullable(left.computeIfAbsent(key, n -> new ArrayDeque<>(candidates))
                        .poll())
                .orElse(Map.of());
    }

    private static Map<NodeId, Double> parts(Set<NodeId> cone, Costs costs) {
        Map<NodeId, Double> parts = new LinkedHashMap<>();
        boolean known = cone.stream().allMatch(id -> isKnown(costs.of(id)));
        cone.forEach(id -> parts.put(id, known ? seconds(costs.of(id)) : 1));
        double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        parts.replaceAll((id, w) -> w / sum);
        return parts;
    }

    private static boolean isKnown(NodeCost c) {
        return c.flops().fixed().isPresent() && c.bytesWritten().fixed().isPresent();
    }

    private static double seconds(NodeCost c) {
        double bytes = amount(c.bytesRead()) + amount(c.bytesWritten());
        return LEAST_SECONDS + Math.max(amount(c.flops()) / FLOP_PER_SECOND, bytes / BYTES_PER_SECOND);
    }

    private static double amount(Dim d) {
        return d.fixed().orElse(0);
    }
}
