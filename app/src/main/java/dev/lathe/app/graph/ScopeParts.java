package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Cuts a block with too many boxes into parts, where few tensors cross: what names do not tell, the shape
/// of the graph does. Parts that are still too full are cut again.
final class ScopeParts {
    private static final int TOO_MANY = 30;

    private final Flow flow;

    ScopeParts(Flow flow) {
        this.flow = flow;
    }

    void cut(Block block) {
        block.blocks.stream().filter(b -> !b.isLayer()).toList().forEach(this::cut);
        if (block.blocks.size() <= TOO_MANY) {
            return;
        }
        List<Block> line = Block.inOrder(block.blocks, flow);
        int n = line.size();
        int[] crossing = crossing(line);
        int parts = Math.clamp((int) Math.round(Math.sqrt(n)), 5, 20);
        List<Integer> borders = borders(crossing, n, parts);
        block.blocks.clear();
        int from = 0;
        for (int k = 0; k <= borders.size(); k++) {
            int to = k < borders.size() ? borders.get(k) : n;
            if (to - from == 1) {
                block.blocks.add(line.get(from));
            } else {
                Block part = new Block("part " + (k + 1), Kind.PART);
                part.blocks.addAll(line.subList(from, to));
                part.label = label(part, k + 1);
                cut(part);
                block.blocks.add(part);
            }
            from = to;
        }
    }

    /// For each place between boxes i−1 and i: how many tensors (counted by their producer) cross it.
    private int[] crossing(List<Block> line) {
        int[][] numbers = new int[line.size()][];
        for (int k = 0; k < line.size(); k++) {
            numbers[k] = line.get(k).numbers();
            for (int i : numbers[k]) {
                flow.place[i] = k + 1;
            }
        }
        int[] change = new int[line.size() + 2];
        for (int k = 0; k < numbers.length; k++) {
            for (int i : numbers[k]) {
                int last = k;
                for (int c : flow.consumers[i]) {
                    last = Math.max(last, flow.place[c] - 1);
                }
                if (last > k) {
                    change[k + 1]++;
                    change[last + 1]--;
                }
            }
        }
        for (int[] own : numbers) {
            for (int i : own) {
                flow.place[i] = 0;
            }
        }
        int[] crossing = new int[line.size() + 1];
        int sum = 0;
        for (int k = 0; k <= line.size(); k++) {
            sum += change[k];
            crossing[k] = sum;
        }
        return crossing;
    }

    /// Borders that cost least: tensors that cross, and parts that differ from the average length. Few
    /// candidates keep it fast: in each stretch of the line only the narrowest places.
    private static List<Integer> borders(int[] crossing, int n, int parts) {
        int stretch = Math.max(1, n / 800);
        List<Integer> places = new ArrayList<>(List.of(0));
        for (int s = 1; s < n; s += stretch) {
            int best = s;
            for (int i = s; i < Math.min(n, s + stretch); i++) {
                best = crossing[i] < crossing[best] ? i : best;
            }
            places.add(best);
        }
        places.add(n);
        int m = places.size();
        double target = (double) n / parts;
        double[] cost = new double[m];
        int[] before = new int[m];
        java.util.Arrays.fill(cost, Double.MAX_VALUE);
        cost[0] = 0;
        for (int j = 1; j < m; j++) {
            for (int i = j - 1; i >= 0; i--) {
                double length = places.get(j) - places.get(i);
                if (length > 3 * target && i < j - 1) {
                    break;
                }
                double off = length / target - 1;
                double c = cost[i] + off * off + (j == m - 1 ? 0 : 0.6 * crossing[places.get(j)]);
                if (cost[i] < Double.MAX_VALUE && c < cost[j]) {
                    cost[j] = c;
                    before[j] = i;
                }
            }
        }
        List<Integer> out = new ArrayList<>();
        for (int j = before[m - 1]; j > 0; j = before[j]) {
            out.addFirst(places.get(j));
        }
        return out;
    }

    /// What all names inside begin with, where that says something; else a number.
    private String label(Block part, int number) {
        String shared = part.blocks.getFirst().label;
        var distinct = new HashSet<String>();
        for (Block b : part.blocks) {
            int k = 0;
            while (k < shared.length() && k < b.label.length() && shared.charAt(k) == b.label.charAt(k)) {
                k++;
            }
            shared = shared.substring(0, k);
            distinct.add(b.label);
        }
        boolean whole = !shared.isEmpty() && part.blocks.stream().noneMatch(b -> b.plain);
        String word = shared.replaceAll("[._/ ]+$", "");
        return whole && word.length() > 2 && distinct.size() > 1 ? word + " · part " + number : "part " + number;
    }
}
