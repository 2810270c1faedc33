package dev.lathe.app.live;

import dev.lathe.app.project.Attempt;
import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfileRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;

/// The Live tab without its looks: keeps the newest samples of the run and tells what the four charts show.
///
/// Samples may come from any thread; everything else belongs to the window's thread.
public final class LiveViewModel {
    /// At 4 samples a second more than a quarter of an hour.
    static final int CAPACITY = 4096;
    /// More cores than this are drawn as their mean and the busiest: more lines could not be told apart.
    static final int CORES_DRAWN = 8;
    /// Throughput is counted over this long, so that runs longer than a sample do not make it jump.
    private static final double THROUGHPUT_SECONDS = 2;
    /// A run's last sample is shown when at least this part of as many runs ended in it as in the one before.
    private static final double LEAST_OF_THE_USUAL = 0.5;

    private final SampleRing ring = new SampleRing(CAPACITY);
    private final AtomicLong revision = new AtomicLong();
    private final IntegerProperty windowSeconds = new SimpleIntegerProperty(60);
    private final BooleanProperty paused = new SimpleBooleanProperty(false);
    private double pausedAt;
    private Optional<LiveRun> shown = Optional.empty();

    public LiveViewModel() {
        paused.addListener((o, before, now) -> {
            pausedAt = ring.now();
            revision.incrementAndGet();
        });
        windowSeconds.addListener((o, before, now) -> revision.incrementAndGet());
    }

    /// Takes in what the profiler learned in a run; from any thread.
    public void add(Attempt run, LiveSample sample) {
        ring.add(run, sample);
        revision.incrementAndGet();
    }

    /// Shows this run, and of no other run anything; nothing when it is empty.
    public void show(Optional<LiveRun> next) {
        if (next.equals(shown)) {
            return;
        }
        boolean another = !next.map(LiveRun::attempt).equals(shown.map(LiveRun::attempt));
        shown = next;
        if (another) {
            paused.set(false);
        }
        revision.incrementAndGet();
    }

    /// Grows with every change: who draws asks for the state only when it has grown.
    long revision() {
        return revision.get();
    }

    public IntegerProperty windowSeconds() {
        return windowSeconds;
    }

    public BooleanProperty paused() {
        return paused;
    }

    public boolean running() {
        return shown.filter(LiveRun::running).isPresent();
    }

    public LiveState state() {
        double now = paused.get() ? pausedAt : ring.now();
        double from = now - windowSeconds.get();
        List<SampleRing.Point> points =
                shown.filter(r -> ring.isOf(r.attempt())).isPresent()
                        ? ring.between(from - THROUGHPUT_SECONDS, now)
                        : List.of();
        List<SampleRing.Point> inWindow =
                points.stream().filter(p -> p.seconds() >= from).toList();
        int cores = inWindow.isEmpty() ? 0 : inWindow.getLast().cpu().length;
        return new LiveState(
                inWindow.isEmpty(),
                running(),
                shown.map(LiveRun::words).orElse(""),
                List.of(
                        latency(inWindow, now),
                        throughput(points, inWindow, now),
                        memory(inWindow, now),
                        cpu(inWindow, now, cores)),
                windowSeconds.get());
    }

    private LiveChart latency(List<SampleRing.Point> shown, double now) {
        List<SampleRing.Point> whole = running() ? shown : withoutRest(shown);
        var p50 = line("p50", LiveChart.Role.P50, 0, whole, now, SampleRing.Point::p50Ms);
        var p90 = line("p90", LiveChart.Role.P90, 0, whole, now, SampleRing.Point::p90Ms);
        OptionalDouble ofRun = result().map(
                        r -> OptionalDouble.of(r.latency().p50().toNanos() / 1e6))
                .orElse(OptionalDouble.empty());
        return new LiveChart(
                "Latency",
                figure(ofRun.orElse(p50.last())),
                running() ? "ms p50 now" : ofRun.isPresent() ? "ms p50 of the run" : "ms p50 at its end",
                "",
                List.of(p50, p90),
                OptionalDouble.empty(),
                false);
    }

    /// A run that ends leaves a rest of a sample: a median of few runs beside medians of many would look like a change.
    private static List<SampleRing.Point> withoutRest(List<SampleRing.Point> points) {
        int n = points.size();
        return n > 1
                        && points.get(n - 1).runs()
                                < LEAST_OF_THE_USUAL * points.get(n - 2).runs()
                ? points.subList(0, n - 1)
                : points;
    }

    /// What the run measured as a whole, once it is over and left a result.
    private Optional<ProfileRun> result() {
        return shown.flatMap(LiveRun::result);
    }

    private LiveChart throughput(List<SampleRing.Point> points, List<SampleRing.Point> shown, double now) {
        double[] x = new double[shown.size()];
        double[] y = new double[shown.size()];
        int first = 0;
        int skipped = points.size() - shown.size();
        for (int i = 0; i < shown.size(); i++) {
            SampleRing.Point p = shown.get(i);
            while (points.get(first).seconds() < p.seconds() - THROUGHPUT_SECONDS) {
                first++;
            }
            SampleRing.Point then = points.get(first);
            double seconds = p.seconds() - then.seconds();
            x[i] = p.seconds() - now;
            // The first sample has none before it: what the profiler says of it is all there is.
            y[i] = first == skipped + i || seconds <= 0 ? p.throughput() : (p.runsDone() - then.runsDone()) / seconds;
        }
        var line = new LiveChart.Line("throughput", LiveChart.Role.THROUGHPUT, 0, x, y);
        Optional<ProfileRun> result = result();
        return new LiveChart(
                "Throughput",
                figure(result.map(ProfileRun::throughputPerSecond).orElse(line.last())),
                result.isPresent() ? "runs/s of the run" : "runs/s",
                "over 2 s",
                List.of(line),
                OptionalDouble.empty(),
                true);
    }

    private static LiveChart memory(List<SampleRing.Point> shown, double now) {
        var resident = line("resident", LiveChart.Role.RESIDENT, 0, shown, now, SampleRing.Point::residentMiB);
        var arena = line("arena", LiveChart.Role.ARENA, 0, shown, now, SampleRing.Point::arenaMiB);
        List<LiveChart.Line> lines = arena.x().length == 0 ? List.of(resident) : List.of(resident, arena);
        return new LiveChart(
                "Memory", figure(resident.last()), "MiB resident", "", lines, OptionalDouble.empty(), true);
    }

    private static LiveChart cpu(List<SampleRing.Point> shown, double now, int cores) {
        List<LiveChart.Line> lines = new ArrayList<>();
        if (cores <= CORES_DRAWN) {
            for (int c = 0; c < cores; c++) {
                int core = c;
                lines.add(line("core " + c, LiveChart.Role.CORE, c, shown, now, p -> load(p, core)));
            }
        } else {
            lines.add(line("mean of " + cores, LiveChart.Role.CORE, 0, shown, now, LiveViewModel::mean));
            lines.add(line("busiest", LiveChart.Role.CORE, 1, shown, now, LiveViewModel::busiest));
        }
        // The mean of what the newest marks show, so that the figure can be read off the chart.
        double mean = shown.isEmpty() ? Double.NaN : mean(shown.getLast());
        double worker = shown.isEmpty() ? Double.NaN : shown.getLast().workerCpuPercent();
        return new LiveChart(
                "CPU per core",
                figure(mean),
                cores > 1 ? "% mean" : "%",
                Double.isNaN(worker) || cores == 0 ? "" : "this run " + figure(worker / cores) + " %",
                lines,
                OptionalDouble.of(100),
                true);
    }

    private static double load(SampleRing.Point p, int core) {
        return core < p.cpu().length ? p.cpu()[core] : Double.NaN;
    }

    private static double mean(SampleRing.Point p) {
        double sum = 0;
        for (float c : p.cpu()) {
            sum += c;
        }
        return p.cpu().length == 0 ? Double.NaN : sum / p.cpu().length;
    }

    private static double busiest(SampleRing.Point p) {
        double most = 0;
        for (float c : p.cpu()) {
            most = Math.max(most, c);
        }
        return most;
    }

    /// The samples that have a value; the others (no run ended) leave no hole in the line.
    private static LiveChart.Line line(
            String name,
            LiveChart.Role role,
            int number,
            List<SampleRing.Point> points,
            double now,
            ToDoubleFunction<SampleRing.Point> value) {
        double[] x = new double[points.size()];
        double[] y = new double[points.size()];
        int n = 0;
        for (SampleRing.Point p : points) {
            double v = value.applyAsDouble(p);
            if (!Double.isNaN(v)) {
                x[n] = p.seconds() - now;
                y[n++] = v;
            }
        }
        return new LiveChart.Line(name, role, number, java.util.Arrays.copyOf(x, n), java.util.Arrays.copyOf(y, n));
    }

    private static String figure(double v) {
        return Double.isNaN(v) ? "—" : Numbers.digits(v, 3);
    }
}
