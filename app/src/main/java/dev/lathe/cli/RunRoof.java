package dev.lathe.cli;

import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.ceiling.CeilingFiles;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.cost.LeastTimes;
import dev.lathe.profile.cost.Roofline;
import dev.lathe.report.LayerRow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How near a run and its layers came to the measured ceilings of their device: nothing where those were never
/// measured, or for other threads or another engine.
final class RunRoof {
    private final Optional<Ceilings> ceilings;
    private final Optional<LeastTimes> least;
    private final Duration latency;

    private RunRoof(Optional<Ceilings> ceilings, Analysis analysis, ProfileRun run) {
        this.ceilings = ceilings;
        this.least = ceilings.flatMap(Roofline::of).map(roof -> new LeastTimes(analysis, roof));
        this.latency = run.latency().p50();
    }

    static RunRoof of(Analysis analysis, ProfileRun run) {
        return of(analysis, run, CeilingFiles.ofThisUser());
    }

    static RunRoof of(Analysis analysis, ProfileRun run, CeilingFiles files) {
        return new RunRoof(files.find(CeilingSetup.of(run.plan().target())), analysis, run);
    }

    /// The least time that the layer can take under the roof, as a part of the time that it took: 1 at the ceiling.
    /// Empty for layers of bodies, which run as often as the data have it.
    Optional<Double> share(LayerRow row) {
        if (!row.in().isEmpty()) {
            return Optional.empty();
        }
        return row.measured()
                .filter(s -> !s.typical().isZero())
                .flatMap(s -> least.flatMap(l -> s.shared() ? l.fused(row.node()) : l.alone(row.node()))
                        .map(shortest ->
                                (double) shortest.toNanos() / s.typical().toNanos()));
    }

    private Optional<Duration> whole() {
        return least.flatMap(LeastTimes::whole).filter(d -> !d.isZero() && !latency.isZero());
    }

    private double part(Duration whole) {
        return (double) whole.toNanos() / latency.toNanos();
    }

    /// One line, or none.
    String line() {
        return whole().map(w -> String.format(
                        Locale.ROOT,
                        "roofline    the ceilings of this device allow %s: the median reaches %.0f %% of them%n",
                        Amounts.time(w),
                        100 * part(w)))
                .orElse("");
    }

    void tell(Map<String, @Nullable Object> j) {
        j.put("ceilings", ceilings.map(CeilingWords::json).orElse(null));
        j.put("roofline", whole().map(this::json).orElse(null));
    }

    private Map<String, Object> json(Duration whole) {
        Map<String, Object> j = new LinkedHashMap<>();
        j.put("leastMs", Amounts.ms(whole));
        j.put("share", part(whole));
        return j;
    }
}
