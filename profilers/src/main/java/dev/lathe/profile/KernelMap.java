package dev.lathe.profile;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.KernelNesting.Nested;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which layers of the source graph a kernel stands for, and what part of its time each of them gets
/// ([Cones] says how they are found; [KernelParts] says how large the parts are).
///
/// Kernels are recognised by the names of the engine's nodes, within the main graph or the body that they
/// ran in: the branches of an If may well use the same names. Names may repeat: the n-th kernel of a name
/// is the n-th node of that name. A node without a name shows up as its operator and a number.
public final class KernelMap {
    private static final Pattern NUMBERED = Pattern.compile("_\\d+$");

    private final Block main;
    private final Map<NodeId, Map<NodeId, Double>> parts;

    private KernelMap(Block main, Map<NodeId, Map<NodeId, Double>> parts) {
        this.main = main;
        this.parts = parts;
    }

    /// The layers that each node of the engine's graph stands for, with their parts of its time.
    public Map<NodeId, Map<NodeId, Double>> layers() {
        return Map.copyOf(parts);
    }

    /// A node of the engine's graph: the layers behind it, and the bodies that it runs.
    private record Place(String op, Map<NodeId, Double> parts, List<Block> bodies) {
        static final Place UNKNOWN = new Place("", Map.of(), List.of());
    }

    /// A graph that the engine runs, by what its kernels are called.
    private record Block(Map<String, List<Place>> named, Map<String, List<Place>> unnamed) {
        List<Place> places(KernelEvent k) {
            List<Place> found = named.getOrDefault(k.node(), List.of());
            return found.isEmpty() && isNumbered(k) ? unnamed.getOrDefault(k.op(), List.of()) : found;
        }

        /// Two kernels with the same key are nodes with the same name, or both without one.
        String key(KernelEvent k) {
            return !named.containsKey(k.node()) && isNumbered(k) ? "op " + k.op() : "name " + k.node();
        }

        private static boolean isNumbered(KernelEvent k) {
            return NUMBERED.matcher(k.node()).replaceFirst("").equals(k.op());
        }

        long known(List<Nested> kernels) {
            return kernels.stream()
                    .map(Nested::kernel)
                    .filter(k -> places(k).stream().anyMatch(p -> p.op.equals(k.op())))
                    .count();
        }

        int size() {
            return Stream.of(named, unnamed)
                    .flatMap(m -> m.values().stream())
                    .mapToInt(List::size)
                    .sum();
        }
    }

    /// A kernel of a run with the layers that share its `own` time: parts that sum to 1, none when it
    /// stands for no layer. Of an If, Loop or Scan only what the kernels of its body leave over is its own;
    /// `inside` counts those that ran directly inside.
    public record Shared(KernelEvent kernel, Duration own, int inside, Map<NodeId, Double> parts) {
        public Shared {
            parts = Map.copyOf(parts);
        }
    }

    /// @param source the model whose layers people know
    /// @param optimized the graph that the engine runs, as it saved it
    public static KernelMap of(Analysis source, Model optimized) {
        Map<NodeId, Set<NodeId>> cones = Cones.of(source.model().graph(), optimized.graph());
        Map<NodeId, Map<NodeId, Double>> parts = new HashMap<>();
        KernelParts shares = new KernelParts(source);
        cones.forEach((id, cone) -> parts.put(id, shares.of(cone)));
        return new KernelMap(block(optimized.graph(), parts, Node::name), parts);
    }

    /// For an engine that runs the graph as it is.
    public static KernelMap unchanged(Model source) {
        return unchanged(source, Node::name);
    }

    /// The same for one that calls nodes without a name as people read them ([Node#shownName]).
    public static KernelMap asShown(Model source) {
        return unchanged(source, Node::shownName);
    }

    private static KernelMap unchanged(Model source, Function<Node, String> name) {
        Map<NodeId, Map<NodeId, Double>> parts = new HashMap<>();
        source.graph().forEachGraph(g -> g.nodes().forEach(n -> parts.put(n.id(), Map.of(n.id(), 1.0))));
        return new KernelMap(block(source.graph(), parts, name), parts);
    }

    private static Block block(Graph run, Map<NodeId, Map<NodeId, Double>> parts, Function<Node, String> named) {
        Block block = new Block(new HashMap<>(), new HashMap<>());
        for (Node n : run.nodes()) {
            String name = named.apply(n);
            (name.isEmpty() ? block.unnamed : block.named)
                    .computeIfAbsent(name.isEmpty() ? n.op() : name, k -> new ArrayList<>(1))
                    .add(new Place(
                            n.op(),
                            parts.getOrDefault(n.id(), Map.of()),
                            n.subgraphs().stream()
                                    .map(g -> block(g, parts, named))
                                    .toList()));
        }
        return block;
    }

    /// The kernels of one run with their layers, so that the own times of all of them are the time of the
    /// run's kernels, none counted twice. A kernel in a body that no layer of the source stands behind (the
    /// engine inlined a function there) counts for the node that runs the body.
    ///
    /// @param run in the order in which the kernels ended
    public List<Shared> share(List<KernelEvent> run) {
        List<Shared> shared = new ArrayList<>();
        share(KernelNesting.of(run), main, shared);
        return shared;
    }

    private static void share(List<Nested> kernels, Block block, List<Shared> into) {
        Map<String, Integer> seen = new HashMap<>();
        for (Nested n : kernels) {
            List<Place> places = block.places(n.kernel());
            // A Loop runs its body again and again: then the names begin anew.
            int nth = seen.merge(block.key(n.kernel()), 1, Integer::sum) - 1;
            Place place = places.isEmpty() ? Place.UNKNOWN : places.get(nth % places.size());
            share(n, place, into);
        }
    }

    private static void share(Nested n, Place place, List<Shared> into) {
        int from = into.size();
        body(n, place).ifPresent(b -> share(n.inside(), b, into));
        List<Shared> inside = into.subList(from, into.size());
        inside.removeIf(s -> s.parts().isEmpty());
        Duration own = n.kernel().duration();
        for (Shared s : inside) {
            own = own.minus(s.own());
        }
        into.add(new Shared(
                n.kernel(), own.isNegative() ? Duration.ZERO : own, n.inside().size(), place.parts()));
    }

    /// The body that ran: the one that knows most of the kernels by name and operator; of branches that
    /// know them all equally well the one with the nearest number of nodes.
    private static Optional<Block> body(Nested n, Place place) {
        return n.inside().isEmpty()
                ? Optional.empty()
                : place.bodies().stream()
                        .max(Comparator.comparingLong((Block b) -> b.known(n.inside()))
                                .thenComparingInt(
                                        b -> -Math.abs(b.size() - n.inside().size())));
    }
}
