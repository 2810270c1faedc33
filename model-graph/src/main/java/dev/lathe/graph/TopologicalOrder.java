package dev.lathe.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Sorts nodes so that producers come before consumers, keeping the given order wherever it is already right.
public final class TopologicalOrder {
    private TopologicalOrder() {}

    /// The order found; `stuck` are the nodes on or behind a cycle (empty when there is none).
    public record Sorted(List<Node> nodes, List<Node> stuck) {}

    /// Kahn's algorithm with a queue ordered by given position, so that a sorted list comes back as it is.
    /// O((V + E) log V).
    public static Sorted sort(List<Node> given) {
        if (isInOrder(given)) {
            return new Sorted(given, List.of());
        }
        Map<ValueId, Integer> producer = HashMap.newHashMap(given.size());
        for (int i = 0; i < given.size(); i++) {
            for (ValueId out : given.get(i).outputs()) {
                if (out.isPresent()) {
                    producer.put(out, i);
                }
            }
        }
        List<List<Integer>> users = new ArrayList<>(given.size());
        int[] waiting = new int[given.size()];
        for (int i = 0; i < given.size(); i++) {
            users.add(new ArrayList<>(2));
        }
        for (int i = 0; i < given.size(); i++) {
            for (ValueId in : dependencies(given.get(i))) {
                Integer p = producer.get(in);
                if (p != null) {
                    users.get(p).add(i);
                    waiting[i]++;
                }
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        List<Node> sorted = new ArrayList<>(given.size());
        boolean[] done = new boolean[given.size()];
        while (!ready.isEmpty()) {
            int i = ready.remove();
            done[i] = true;
            sorted.add(given.get(i));
            for (int u : users.get(i)) {
                if (--waiting[u] == 0) {
                    ready.add(u);
                }
            }
        }
        List<Node> stuck = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (!done[i]) {
                stuck.add(given.get(i));
            }
        }
        return new Sorted(sorted, stuck);
    }

    /// Whether no node uses what itself or a later one makes.
    private static boolean isInOrder(List<Node> given) {
        BitSet later = new BitSet();
        for (Node n : given) {
            for (ValueId out : n.outputs()) {
                if (out.isPresent()) {
                    later.set(out.index());
                }
            }
        }
        for (Node n : given) {
            for (ValueId in : dependencies(n)) {
                if (in.isPresent() && later.get(in.index())) {
                    return false;
                }
            }
            for (ValueId out : n.outputs()) {
                if (out.isPresent()) {
                    later.clear(out.index());
                }
            }
        }
        return true;
    }

    private static List<ValueId> dependencies(Node n) {
        List<Graph> subgraphs = n.subgraphs();
        if (subgraphs.isEmpty()) {
            return n.inputs();
        }
        List<ValueId> all = new ArrayList<>(n.inputs());
        subgraphs.forEach(g -> all.addAll(g.captures()));
        return all;
    }
}
