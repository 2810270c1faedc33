package dev.lathe.app.live;

import dev.lathe.app.project.Attempt;
import dev.lathe.profile.LiveSample;
import java.util.ArrayList;
import java.util.List;

/// The newest live samples as plain numbers, at most a fixed count: an hour of running takes no more memory than a
/// minute.
///
/// Safe to fill on one thread and read on another.
final class SampleRing {

    /// One sample as numbers. Latency is NaN when no run ended since the sample before; arena is NaN where the engine
    /// does not tell. `cpu` per core in percent.
    ///
    /// `runs` is how many ended since the sample before, `runsDone` how many in all.
    record Point(
            double seconds,
            long runsDone,
            int runs,
            double p50Ms,
            double p90Ms,
            double throughput,
            double residentMiB,
            double arenaMiB,
            double workerCpuPercent,
            float[] cpu) {}

    private static final double MIB = 1 << 20;

    private final Point[] points;
    private int next;
    private int size;
    private Attempt run = Attempt.NONE;

    SampleRing(int capacity) {
        points = new Point[capacity];
    }

    /// Adds a sample of a run; what another run left is dropped.
    synchronized void add(Attempt of, LiveSample s) {
        double seconds = s.at().toNanos() / 1e9;
        if (!of.equals(run)) {
            run = of;
            size = 0;
        }
        boolean ran = s.latency().runs() > 0;
        float[] cpu = new float[s.cpuPerCore().size()];
        for (int i = 0; i < cpu.length; i++) {
            cpu[i] = (float) (100 * s.cpuPerCore().get(i));
        }
        points[next] = new Point(
                seconds,
                s.runsDone(),
                s.latency().runs(),
                ran ? s.latency().p50().toNanos() / 1e6 : Double.NaN,
                ran ? s.latency().p90().toNanos() / 1e6 : Double.NaN,
                s.throughputPerSecond(),
                s.memory().residentBytes() / MIB,
                s.memory().arenaInUseBytes().isPresent()
                        ? s.memory().arenaInUseBytes().getAsLong() / MIB
                        : Double.NaN,
                100 * s.workerCpu(),
                cpu);
        next = (next + 1) % points.length;
        size = Math.min(size + 1, points.length);
    }

    synchronized void clear() {
        size = 0;
    }

    synchronized boolean isOf(Attempt which) {
        return run.equals(which);
    }

    synchronized int size() {
        return size;
    }

    int capacity() {
        return points.length;
    }

    /// Samples with `from` ≤ seconds ≤ `to`, oldest first.
    synchronized List<Point> between(double from, double to) {
        List<Point> found = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Point p = points[Math.floorMod(next - size + i, points.length)];
            if (p.seconds() >= from && p.seconds() <= to) {
                found.add(p);
            }
        }
        return found;
    }

    /// Time of the newest sample in seconds from the start of the run, 0 when there is none.
    synchronized double now() {
        return size == 0 ? 0 : newest().seconds();
    }

    private Point newest() {
        return points[Math.floorMod(next - 1, points.length)];
    }
}
