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

    /// All nodes in here, at any depth.
    IntStream all() {
        return IntStream.of(numbers());
    }

    int[] numbers() {
        int[] into = new int[size()];
        fill(into, 0);
        return into;
    }

    private int size() {
        int n = nodes.size();
        for (Block b : blocks) {
            n += b.size();
        }
        return n;
    }

    private int fill(int[] into, int from) {
        int at = from;
        for (int i : nodes) {
            into[at++] = i;
        }
        for (Block b : blocks) {
            at = b.fill(into, at);
        }
        return at;
    }

    /// Nodes in here, at any depth, that are drawn.
    int shownNodes(Flow flow) {
        int n = 0;
        for (int i : nodes) {
            n += flow.folded.get(i) ? 0 : 1;
        }
        for (Block b : blocks) {
            n += b.shownNodes(flow);
        }
        return n;
    }

    /// Boxes that stand directly in here.
    int shownItems(Flow flow) {
        int n = blocks.size();
        for (int i : nodes) {
            n += flow.folded.get(i) ? 0 : 1;
        }
        return n;
    }

    /// Brings blocks into an order in which data flows forward; where they feed each other in a circle, the
    /// one that starts first comes first.
    static List<Block> inOrder(List<Block> blocks, Flow flow) {
        if (blocks.size() < 2) {
            return new ArrayList<>(blocks);
        }
        List<Block> by = byStart(blocks, flow);
        int[][] numbers = new int[by.size()][];
        for (int k = 0; k < by.size(); k++) {
            numbers[k] = by.get(k).numbers();
            for (int i : numbers[k]) {
                flow.place[i] = k + 1;
            }
        }
        List<List<Integer>> down = new ArrayList<>(by.size());
        int[] waits = new int[by.size()];
        int[] seenFrom = new int[by.size()];
        for (int k = 0; k < by.size(); k++) {
            List<Integer> to = new ArrayList<>(2);
            for (int i : numbers[k]) {
                for (int c : flow.consumers[i]) {
                    int t = flow.place[c] - 1;
                    if (t >= 0 && t != k && seenFrom[t] != k + 1) {
                        seenFrom[t] = k + 1;
                        to.add(t);
                        waits[t]++;
                    }
                }
            }
            down.add(to);
        }
        for (int[] own : numbers) {
            for (int i : own) {
                flow.place[i] = 0;
            }
        }
        return inFlow(by, down, waits);
    }

    private static List<Block> byStart(List<Block> blocks, Flow flow) {
        record Start(Block block, int first) {}
        List<Start> starts = new ArrayList<>(blocks.size());
        blocks.forEach(b -> starts.add(new Start(b, b.first(flow))));
        starts.sort(java.util.Comparator.comparingInt(Start::first));
        return starts.stream().map(Start::block).toList();
    }

    private static List<Block> inFlow(List<Block> by, List<List<Integer>> down, int[] waits) {
        var ready = new java.util.BitSet();
        var left = new java.util.BitSet();
        for (int k = 0; k < waits.length; k++) {
            (waits[k] == 0 ? ready : left).set(k);
        }
        List<Block> out = new ArrayList<>(by.size());
        int lowest = 0;
        while (out.size() < by.size()) {
            var from = ready.isEmpty() ? left : ready;
            int k = from.nextSetBit(ready.isEmpty() ? 0 : lowest);
            lowest = k;
            from.clear(k);
            out.add(by.get(k));
            for (int t : down.get(k)) {
                if (--waits[t] == 0 && left.get(t)) {
                    left.clear(t);
                    ready.set(t);
                    lowest = Math.min(lowest, t);
                }
            }
        }
        return out;
    }

    /// The first node that is drawn, or the first at all: blocks are ordered by it.
    int first(Flow flow) {
        int shown = Integer.MAX_VALUE;
        int any = Integer.MAX_VALUE;
        for (int i : numbers()) {
            any = Math.min(any, i);
            shown = flow.folded.get(i) ? shown : Math.min(shown, i);
        }
        return shown < Integer.MAX_VALUE ? shown : any < Integer.MAX_VALUE ? any : 0;
    }

    boolean isLayer() {
        return kind == Kind.LAYER;
    }
}
