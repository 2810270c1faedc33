package dev.lathe.optimize.partition;

import dev.lathe.core.JobContext;
import dev.lathe.graph.target.Device;
import java.util.ArrayList;
import java.util.List;

/// Betters borders by moving one at a time to where it is best, until no move betters them: for stages that share
/// cores, where what a border costs depends on all of them.
final class BorderMoves {
    private final PipelineCuts cuts;
    private final List<Integer> legal;
    private final List<Device> devices;
    private final SharedCores cores;
    private final JobContext context;

    BorderMoves(PipelineCuts cuts, List<Integer> legal, List<Device> devices, JobContext context) {
        this.cuts = cuts;
        this.legal = legal;
        this.devices = devices;
        this.cores = new SharedCores(devices);
        this.context = context;
    }

    /// How long the busiest core is busy with a request, and the bytes that cross all borders.
    private record Cost(long busiest, long bytes) {
        boolean less(Cost other) {
            return busiest < other.busiest || busiest == other.busiest && bytes < other.bytes;
        }
    }

    List<Integer> from(List<Integer> start) {
        List<Integer> best = new ArrayList<>(start);
        Cost least = cost(best);
        boolean better = true;
        while (better) {
            Cost before = least;
            for (int b = 0; b < best.size(); b++) {
                context.checkCancelled();
                least = moveOne(best, b, least);
            }
            better = least.less(before);
        }
        return List.copyOf(best);
    }

    private Cost moveOne(List<Integer> borders, int b, Cost least) {
        int after = b == 0 ? 0 : borders.get(b - 1);
        int before = b + 1 == borders.size() ? Integer.MAX_VALUE : borders.get(b + 1);
        int best = borders.get(b);
        Cost found = least;
        for (int at : legal) {
            if (at > after && at < before) {
                borders.set(b, at);
                Cost tried = cost(borders);
                if (tried.less(found)) {
                    found = tried;
                    best = at;
                }
            }
        }
        borders.set(b, best);
        return found;
    }

    private Cost cost(List<Integer> borders) {
        long bytes = 0;
        for (int b : borders) {
            bytes += cuts.crossingBytes(b);
        }
        return new Cost(cores.busiest(cuts.busy(borders, devices)), bytes);
    }
}
