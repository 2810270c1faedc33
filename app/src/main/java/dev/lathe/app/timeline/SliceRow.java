package dev.lathe.app.timeline;

import java.util.List;
import java.util.Optional;

/// Slices one after the other, none over another: one line of a track. What lies at a time is found by bisection, and
/// how long a stretch was busy by a difference, so that neither depends on how many there are.
public final class SliceRow {
    /// Of their times in µs: another's clock may have rounded ends and starts apart.
    static final double ROUNDING = 1e-3;

    private final Slice[] slices;

    /// The times of all of them once more, one after the other in memory: a frame looks at thousands of them.
    private final double[] starts;

    private final double[] ends;
    private final double[] busy;

    /// @param slices by start
    SliceRow(List<Slice> slices) {
        this.slices = slices.toArray(Slice[]::new);
        starts = new double[this.slices.length];
        ends = new double[this.slices.length];
        busy = new double[this.slices.length + 1];
        double end = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < this.slices.length; i++) {
            if (this.slices[i].start() < end - ROUNDING) {
                throw new IllegalArgumentException(this.slices[i] + " begins before the slice ahead of it ends");
            }
            starts[i] = this.slices[i].start();
            ends[i] = this.slices[i].end();
            end = Math.max(end, ends[i]);
            busy[i + 1] = busy[i] + this.slices[i].duration();
        }
    }

    int size() {
        return slices.length;
    }

    Slice get(int i) {
        return slices[i];
    }

    double start(int i) {
        return starts[i];
    }

    double end(int i) {
        return ends[i];
    }

    /// The first slice that begins at this time or later; [#size] where there is none.
    int from(double time) {
        return from(time, 0, starts.length);
    }

    /// The same where it is known to be no earlier than `near`: in steps that grow, so that what lies near is found
    /// at once.
    int from(double time, int near) {
        int step = 1;
        int low = near;
        while (low + step <= starts.length && starts[low + step - 1] < time) {
            low += step;
            step *= 2;
        }
        return from(time, low, Math.min(starts.length, low + step));
    }

    private int from(double time, int least, int most) {
        int low = least;
        int high = most;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The first slice that goes on after this time.
    int endingAfter(double time) {
        int next = from(time);
        return next > 0 && ends[next - 1] > time ? next - 1 : next;
    }

    /// What runs at this time, or, if nothing does, begins or ended within `near` of it.
    Optional<Slice> at(double time, double near) {
        int i = endingAfter(time - near);
        Optional<Slice> best = Optional.empty();
        double away = Double.POSITIVE_INFINITY;
        for (; i < slices.length && slices[i].start() <= time + near; i++) {
            double d = Math.max(0, Math.max(slices[i].start() - time, time - slices[i].end()));
            if (d < away) {
                away = d;
                best = Optional.of(slices[i]);
            }
        }
        return best;
    }

    /// How long slices `from` to before `to` took together, in µs.
    double busy(int from, int to) {
        return busy[to] - busy[from];
    }
}
