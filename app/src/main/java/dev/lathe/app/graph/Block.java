package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A scope while the tree is being built: child blocks and nodes (by number) that lie directly in it.
final class Block {
    String label;
    Kind kind;
    final List<Block> blocks = new ArrayList<>();
    final List<Integer> nodes = new ArrayList<>();
    /// The node that the block stands for, −1 for none.
    int head = -1;
    /// The label is an operator's name, not one that the file gives.
    boolean plain;

    Block(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    IntStream all() {
        IntStream.Builder into = IntStream.builder();
        addTo(into);
        return into.build();
    }

    private void addTo(IntStream.Builder into) {
        for (int i : nodes) {
            into.add(i);
        }
        for (Block b : blocks) {
            b.addTo(into);
        }
    }

    /// Nodes in here, at any depth, that are drawn.
    int shownNodes(Flow flow) {
        return (int) all().filter(i -> !flow.folded.get(i)).count();
    }

    /// Boxes that stand directly in here.
    int shownItems(Flow flow) {
        return blocks.size()
                + (int) nodes.stream().filter(i -> !flow.folded.get(i)).count();
    }

    /// Brings blocks into an order in which data flows forward; where they feed each other in a circle, the
    /// one that starts first comes first.
    static List<Block> inOrder(List<Block> blocks, Flow flow) {
        java.util.Map<Integer, Integer> at = new java.util.HashMap<>();
        java.util.Map<Block, Integer> first = new java.util.HashMap<>();
        blocks.forEach(b -> first.put(b, b.first(flow)));
        List<Block> by = new ArrayList<>(blocks);
        by.sort(java.util.Comparator.comparing(b -> first.getOrDefault(b, 0)));
        for (int k = 0; k < by.size(); k++) {
            int here = k;
            by.get(k).all().forEach(i -> at.put(i, here));
        }
        List<java.util.Set<Integer>> down = new ArrayList<>();
        int[] waits = new int[by.size()];
        for (int k = 0; k < by.size(); k++) {
            down.add(new java.util.HashSet<>());
        }
        at.forEach((i, k) -> {
            for (int c : flow.consumers[i]) {
                Integer t = at.get(c);
                if (t != null && !t.equals(k) && down.get(k).add(t)) {
                    waits[t]++;
                }
            }
        });
        var ready = new java.util.TreeSet<Integer>();
        var left = new java.util.TreeSet<Integer>();
        for (int k = 0; k < waits.length; k++) {
            (waits[k] == 0 ? ready : left).add(k);
        }
        List<Block> out = new ArrayList<>(by.size());
        while (!ready.isEmpty() || !left.isEmpty()) {
            Integer k = ready.isEmpty() ? left.pollFirst() : ready.pollFirst();
            if (k == null) {
                break;
            }
            out.add(by.get(k));
            for (int t : down.get(k)) {
                if (--waits[t] == 0 && left.remove(t)) {
                    ready.add(t);
                }
            }
        }
        return out;
    }

    /// The first node that is drawn, or the first at all: blocks are ordered by it.
    int first(Flow flow) {
        return all().filter(i -> !flow.folded.get(i))
                .min()
                .orElseGet(() -> all().min().orElse(0));
    }

    boolean isLayer() {
        return kind == Kind.LAYER;
    }
}
