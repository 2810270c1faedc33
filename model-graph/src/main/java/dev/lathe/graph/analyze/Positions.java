package dev.lathe.graph.analyze;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import java.util.Arrays;
import java.util.BitSet;

/// Where facts about the values of a graph, and of those inside it, lie in an array. As they are read, ids follow one
/// another and their distance is the place; what an edit put into a function has ids far behind those of the function,
/// and is looked up.
final class Positions {
    private final int first;
    private final int length;
    /// In order; empty where the distance will do.
    private final int[] scattered;

    private Positions(int first, int length, int[] scattered) {
        this.first = first;
        this.length = length;
        this.scattered = scattered;
    }

    static Positions of(Graph graph) {
        BitSet ids = new BitSet();
        graph.forEachGraph(g -> {
            g.values().forEach(v -> ids.set(v.id().index()));
            for (Node n : g.nodes()) {
                n.outputs().stream().filter(ValueId::isPresent).forEach(o -> ids.set(o.index()));
            }
        });
        if (ids.isEmpty()) {
            return new Positions(0, 0, new int[0]);
        }
        int first = ids.nextSetBit(0);
        int span = ids.length() - first;
        int count = ids.cardinality();
        return span / 2 <= count
                ? new Positions(first, span, new int[0])
                : new Positions(first, count, ids.stream().toArray());
    }

    /// How many places there are.
    int length() {
        return length;
    }

    /// Below 0 where the value is none of the graph's.
    int of(ValueId id) {
        if (scattered.length > 0) {
            return Arrays.binarySearch(scattered, id.index());
        }
        int at = id.index() - first;
        return at < length ? at : -1;
    }
}
