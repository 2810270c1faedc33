package dev.lathe.app.compare;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A variant's time, weights and node count shared out over the source model's nodes that its nodes come from.
///
/// A node that stands for several source nodes is shared evenly; a tensor that several nodes use counts with the first,
/// so that nothing is lost or counted twice. What comes from no source node is under the pass that made it.
record LayerShares(Map<NodeId, Share> bySource, Map<String, Share> added) {

    /// Part of one source node (or of what a pass added).
    static final class Share {
        double nanos;
        double bytes;
        /// Ids of the variant's nodes.
        final Set<NodeId> nodes = new HashSet<>();

        void add(double moreNanos, double moreBytes, NodeId node) {
            nanos += moreNanos;
            bytes += moreBytes;
            nodes.add(node);
        }
    }

    static LayerShares of(Side side) {
        Graph graph = side.analysis().model().graph();
        Map<NodeId, Share> bySource = new HashMap<>();
        Map<String, Share> added = new LinkedHashMap<>();
        Set<ValueId> counted = new HashSet<>();
        for (NodePlace place : NodePlace.all(graph)) {
            Node n = place.node();
            double nanos = side.times().time(n.id()).toNanos();
            double bytes = newBytes(graph, place, counted);
            Set<NodeId> sources = n.origin().sources();
            if (sources.isEmpty()) {
                added.computeIfAbsent(pass(n.origin()), p -> new Share()).add(nanos, bytes, n.id());
            }
            for (NodeId s : sources) {
                bySource.computeIfAbsent(s, x -> new Share())
                        .add(nanos / sources.size(), bytes / sources.size(), n.id());
            }
        }
        return new LayerShares(bySource, added);
    }

    private static double newBytes(Graph graph, NodePlace place, Set<ValueId> counted) {
        double bytes = 0;
        for (ValueId in : place.node().inputs()) {
            if (in.isPresent() && counted.add(in)) {
                bytes += place.graph()
                        .initializer(in)
                        .or(() -> graph.initializer(in))
                        .map(Tensor::data)
                        .map(d -> d.byteSize())
                        .orElse(0L);
            }
        }
        return bytes;
    }

    private static String pass(Origin origin) {
        return switch (origin) {
            case Origin.Derived d -> d.pass();
            case Origin.Imported i -> i.path();
        };
    }
}
