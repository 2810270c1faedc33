package dev.lathe.optimize.partition;

import dev.lathe.graph.target.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The exact search for the best borders, in two dynamic programs over (stage, border): first the least
/// bottleneck, then the fewest bytes among all cuts that reach it. (One program over both at once would be wrong:
/// a prefix with a worse bottleneck and fewer bytes can still be part of the best whole.)
///
/// O(stages · positions²).
final class BalancedBorders {
    private final PipelineCuts cuts;
    private final int[] ends;
    private final List<Device> devices;

    /// @param legal border positions, ascending; `nodes` closes the last stage
    BalancedBorders(PipelineCuts cuts, List<Integer> legal, int nodes, List<Device> devices) {
        this.cuts = cuts;
        this.devices = devices;
        this.ends = new int[legal.size() + 2];
        for (int i = 0; i < legal.size(); i++) {
            ends[i + 1] = legal.get(i);
        }
        ends[legal.size() + 1] = nodes;
    }

    List<Integer> find() {
        return fewestBytes(leastBottleneck());
    }

    private long busy(int stage, int from, int to) {
        return cuts.compute(ends[from], ends[to], devices.get(stage)) + (stage == 0 ? 0 : cuts.take(ends[from]));
    }

    private long leastBottleneck() {
        long[] best = new long[ends.length];
        Arrays.fill(best, Long.MAX_VALUE);
        best[0] = 0;
        for (int s = 0; s < devices.size(); s++) {
            long[] next = new long[ends.length];
            Arrays.fill(next, Long.MAX_VALUE);
            for (int to = s + 1; to < ends.length; to++) {
                for (int from = s; from < to; from++) {
                    if (best[from] != Long.MAX_VALUE) {
                        next[to] = Math.min(next[to], Math.max(best[from], busy(s, from, to)));
                    }
                }
            }
            best = next;
        }
        return best[ends.length - 1];
    }

    private List<Integer> fewestBytes(long bottleneck) {
        int stages = devices.size();
        long[][] best = new long[stages + 1][ends.length];
        int[][] cameFrom = new int[stages + 1][ends.length];
        for (long[] row : best) {
            Arrays.fill(row, Long.MAX_VALUE);
        }
        best[0][0] = 0;
        for (int s = 0; s < stages; s++) {
            for (int to = s + 1; to < ends.length; to++) {
                for (int from = s; from < to; from++) {
                    if (best[s][from] == Long.MAX_VALUE || busy(s, from, to) > bottleneck) {
                        continue;
                    }
                    long bytes = best[s][from] + (s == 0 ? 0 : cuts.crossingBytes(ends[from]));
                    if (bytes < best[s + 1][to]) {
                        best[s + 1][to] = bytes;
                        cameFrom[s + 1][to] = from;
                    }
                }
            }
        }
        List<Integer> borders = new ArrayList<>();
        int at = ends.length - 1;
        for (int s = stages; s > 1; s--) {
            at = cameFrom[s][at];
            borders.addFirst(ends[at]);
        }
        return borders;
    }
}
