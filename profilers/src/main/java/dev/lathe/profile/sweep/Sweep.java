package dev.lathe.profile.sweep;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.engine.RunTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Measures a model at many points, one after the other, each in a worker of its own, so that the memory of
/// one says nothing of the next.
public final class Sweep {
    private Sweep() {}

    /// A point at which the model does not run is a result too; only a cancel ends the sweep early.
    ///
    /// @param plan how to measure each; its sizes, threads and streams give way to those of the points
    /// @param skipped points that were measured before
    /// @param each is told of every point as soon as it is done
    public static void run(
            Model model,
            ProfilePlan plan,
            List<SweepPoint> points,
            Set<SweepPoint> skipped,
            Profiler profiler,
            Consumer<SweepResult> each,
            JobContext job) {
        boolean together = points.stream().anyMatch(p -> p.streams() > 1);
        List<SweepPoint> todo = new ArrayList<>(points);
        todo.removeAll(skipped);
        for (int i = 0; i < todo.size(); i++) {
            job.checkCancelled();
            JobContext part = job.part((double) i / todo.size(), (i + 1.0) / todo.size());
            SweepPoint at = todo.get(i);
            ProfilePlan here = together ? plan.comparingStreams(at.streams()) : plan.withStreams(1);
            each.accept(measured(model, here, at, profiler, part));
        }
    }

    private static SweepResult measured(
            Model model, ProfilePlan plan, SweepPoint point, Profiler profiler, JobContext job) {
        RunTarget target = new RunTarget(plan.target().engine(), plan.target().device(), point.threads());
        // Nothing is profiled: whole runs are what is compared.
        ProfilePlan here = new ProfilePlan(
                target,
                plan.level(),
                plan.warmup(),
                plan.runs(),
                plan.seed(),
                point.dims(),
                0,
                plan.options(),
                plan.streams(),
                plan.streamed());
        try {
            ProfileRun run = profiler.profile(model, here, sample -> {}, job);
            return new SweepResult.Measured(
                    point,
                    run.latency().runs(),
                    run.latency().p50(),
                    run.latency().p90(),
                    run.throughputPerSecond(),
                    run.memory().peakResidentBytes());
        } catch (LatheException e) {
            return new SweepResult.Failed(point, e.diagnostic().message());
        }
    }

    /// The point that gets most done in a second within a limit of memory: its runs times the size of
    /// the batch, which each run works off.
    public static Optional<SweepResult.Measured> best(List<SweepResult> results, SweepAxes axes, long limitBytes) {
        return results.stream()
                .flatMap(r -> r instanceof SweepResult.Measured m
                        ? Optional.of(m).stream()
                        : Optional.<SweepResult.Measured>empty().stream())
                .filter(m -> m.peakBytes() <= limitBytes)
                .max(Comparator.comparingDouble(m -> itemsPerSecond(m, axes)));
    }

    /// Elements of the batch a second, or runs without one, at the median latency: one disturbed run would falsify a
    /// mean. Where runs are in flight together only the wall clock tells, so all points of such a sweep go by it.
    public static double itemsPerSecond(SweepResult.Measured m, SweepAxes axes) {
        long items = axes.batch()
                .flatMap(d -> Optional.ofNullable(m.point().dims().sizes().get(d)))
                .orElse(1L);
        boolean byClock = !axes.streams().isEmpty() || m.point().streams() > 1;
        return items
                * (byClock ? m.throughputPerSecond() : 1e9 / Math.max(1, m.p50().toNanos()));
    }
}
