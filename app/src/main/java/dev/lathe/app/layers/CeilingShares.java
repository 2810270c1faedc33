package dev.lathe.app.layers;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.cost.LeastTimes;
import dev.lathe.profile.cost.Roofline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How near layers came to what their device gives at most: the least time that a layer can take under the measured
/// ceilings, as a part of the time that it took.
///
/// For nodes of the main graph: those of bodies run as often as the data have it. A layer of several nodes has the sum
/// of what they need at least; a node of unknown cost counts as nothing there, so that the share is not too high.
public final class CeilingShares {
    /// No device whose ceilings are known.
    public static final CeilingShares NONE = new CeilingShares(Optional.empty(), Map.of());

    private final Optional<LeastTimes> least;
    private final Map<NodeId, Node> main;

    private CeilingShares(Optional<LeastTimes> least, Map<NodeId, Node> main) {
        this.least = least;
        this.main = main;
    }

    public static CeilingShares of(Analysis analysis, Optional<Ceilings> ceilings) {
        Optional<Roofline> roof = ceilings.flatMap(Roofline::of);
        if (roof.isEmpty()) {
            return NONE;
        }
        Graph graph = analysis.model().graph();
        Map<NodeId, Node> main = new HashMap<>();
        graph.nodes().forEach(n -> main.put(n.id(), n));
        return new CeilingShares(Optional.of(new LeastTimes(analysis, roof.get())), main);
    }

    /// In 0…1 and a little above where what counts as coming from memory was in a cache; empty where nothing is known.
    public OptionalDouble of(Collection<NodeId> nodes, LayerTimes times) {
        Duration shortest = Duration.ZERO;
        Duration taken = Duration.ZERO;
        for (NodeId id : nodes) {
            Optional<OpStats> stats = times.of(id);
            Node node = main.get(id);
            if (stats.isPresent() && node == null) {
                return OptionalDouble.empty();
            }
            if (stats.isPresent() && node != null) {
                taken = taken.plus(stats.get().typical());
                shortest = shortest.plus(least.flatMap(l -> stats.get().shared() ? l.fused(node) : l.alone(node))
                        .orElse(Duration.ZERO));
            }
        }
        return taken.isZero() || shortest.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) shortest.toNanos() / taken.toNanos());
    }
}
