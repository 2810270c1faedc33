package dev.lathe.optimize.partition;

import dev.lathe.core.JobContext;
import dev.lathe.graph.target.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// The exact search for the best borders where stages have nothing in common: first the least bottleneck, then
/// the fewest bytes among all cuts that reach it. (One search for both at once would be wrong: a prefix with a
/// worse bottleneck and fewer bytes can still be part of the best whole.)
///
/// What a stage is busy with is a sum of a part that depends on its first border and one that depends on its last:
///
/// ```
/// busy(s, from, to) = (enter[from] − work[s][from]) + (leave[to] + work[s][to])
/// ```
///
/// so whether a bottleneck can be kept is one pass over the positions with the least first part so far, and the
/// least bottleneck a binary search over such passes: O(stages · positions · log bottleneck). The fewest bytes are a
/// minimum over the first parts up to a threshold (see [LeastUpTo]): O(stages · positions · log positions).
final class BalancedBorders {
    private static final long UNREACHED = Long.MAX_VALUE;

    private final int[] ends;
    private final long[][] work;
    private final long[] enter;
    private final long[] leave;
    private final long[] bytes;
    private final JobContext context;

    /// @param legal border positions, ascending; `nodes` closes the last stage
    BalancedBorders(PipelineCuts cuts, List<Integer> legal, int nodes, List<Device> devices, JobContext context) {
        this.context = context;
        this.ends = new int[legal.size() + 2];
        for (int i = 0; i < legal.size(); i++) {
            ends[i + 1] = legal.get(i);
        }
        ends[legal.size() + 1] = nodes;
        work = new long[devices.size()][];
        for (int s = 0; s < work.length; s++) {
            Device device = devices.get(s);
            work[s] = Arrays.stream(ends)
                    .mapToLong(p -> cuts.workBefore(p, device))
                    .toArray();
        }
        enter = Arrays.stream(ends).mapToLong(cuts::take).toArray();
        leave = Arrays.stream(ends).mapToLong(cuts::hand).toArray();
        bytes = Arrays.stream(ends)
                .mapToLong(p -> p == 0 || p == nodes ? 0 : cuts.crossingBytes(p))
                .toArray();
    }

    List<Integer> find() {
        return fewestBytes(leastBottleneck());
    }

    private long firstPart(int stage, int from) {
        return enter[from] - work[stage][from];
    }

    private long lastPart(int stage, int to) {
        return leave[to] + work[stage][to];
    }

    private long leastBottleneck() {
        // One stage on the slowest device that does all of it, with the widest borders, is busy for no longer.
        long kept = Arrays.stream(work).mapToLong(w -> w[w.length - 1]).max().orElse(0)
                + LongStream.of(enter).max().orElse(0)
                + LongStream.of(leave).max().orElse(0);
        long missed = -1;
        while (kept - missed > 1) {
            context.checkCancelled();
            long middle = missed + (kept - missed) / 2;
            if (canKeep(middle)) {
                kept = middle;
            } else {
                missed = middle;
            }
        }
        return kept;
    }

    /// Whether there are borders with which no stage is busy for longer.
    private boolean canKeep(long bottleneck) {
        boolean[] reached = new boolean[ends.length];
        reached[0] = true;
        for (int s = 0; s < work.length; s++) {
            boolean[] next = new boolean[ends.length];
            long least = UNREACHED;
            for (int to = 1; to < ends.length; to++) {
                if (reached[to - 1]) {
                    least = Math.min(least, firstPart(s, to - 1));
                }
                next[to] = least != UNREACHED && least <= bottleneck - lastPart(s, to);
            }
            reached = next;
        }
        return reached[ends.length - 1];
    }

    private List<Integer> fewestBytes(long bottleneck) {
        int stages = work.length;
        int[][] cameFrom = new int[stages][];
        long[] fewest = new long[ends.length];
        Arrays.fill(fewest, UNREACHED);
        fewest[0] = 0;
        for (int s = 0; s < stages; s++) {
            context.checkCancelled();
            int stage = s;
            LeastUpTo before = new LeastUpTo(LongStream.range(0, ends.length)
                    .map(p -> firstPart(stage, (int) p))
                    .toArray());
            long[] next = new long[ends.length];
            Arrays.fill(next, UNREACHED);
            cameFrom[s] = new int[ends.length];
            for (int to = 1; to < ends.length; to++) {
                if (fewest[to - 1] != UNREACHED) {
                    before.put(to - 1, fewest[to - 1] + bytes[to - 1]);
                }
                int from = before.least(bottleneck - lastPart(s, to));
                if (from >= 0) {
                    next[to] = before.value(from);
                    cameFrom[s][to] = from;
                }
            }
            fewest = next;
        }
        List<Integer> borders = new ArrayList<>();
        int at = ends.length - 1;
        for (int s = stages - 1; s > 0; s--) {
            at = cameFrom[s][at];
            borders.addFirst(ends[at]);
        }
        return borders;
    }
}
