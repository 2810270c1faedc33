package dev.lathe.cli;

import dev.lathe.profile.insight.Finding;
import dev.lathe.profile.insight.Threads;
import dev.lathe.profile.sweep.Sweep;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a sweep found, for people and for machines.
///
/// @param limit of memory, within which the best point is looked for
record SweepTable(SweepAxes axes, List<SweepResult> results, Optional<Long> limit) {
    private Optional<SweepResult.Measured> best() {
        return Sweep.best(results, axes, limit.orElse(Long.MAX_VALUE));
    }

    /// The number of threads that hurts, if the sweep shows one.
    ///
    /// @param usual what a run takes that asks for no number
    /// @param again the command line that measures the same once more, with these options
    Optional<Finding> threads(int usual, UnaryOperator<String> again) {
        return Threads.inSweep(
                results.stream()
                        .flatMap(r -> r instanceof SweepResult.Measured m
                                ? Optional.of(m).stream()
                                : Optional.<SweepResult.Measured>empty().stream())
                        .toList(),
                usual,
                again);
    }

    Map<String, @Nullable Object> json() {
        List<Map<String, @Nullable Object>> points = new ArrayList<>();
        for (SweepResult r : results) {
            Map<String, @Nullable Object> j = place(r.point());
            switch (r) {
                case SweepResult.Measured m -> {
                    j.put("runs", m.runs());
                    j.put("p50Ms", Amounts.ms(m.p50()));
                    j.put("p90Ms", Amounts.ms(m.p90()));
                    j.put("throughputPerSecond", m.throughputPerSecond());
                    j.put("itemsPerSecond", Sweep.itemsPerSecond(m, axes));
                    j.put("peakMemoryBytes", m.peakBytes());
                }
                case SweepResult.Failed f -> j.put("failed", f.why());
            }
            points.add(j);
        }
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("points", points);
        j.put("memoryLimitBytes", limit.orElse(null));
        j.put("best", best().map(b -> place(b.point())).orElse(null));
        return j;
    }

    private static Map<String, @Nullable Object> place(SweepPoint p) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("dims", p.dims().sizes());
        j.put("threads", p.threads());
        j.put("streams", p.streams());
        return j;
    }

    String header() {
        StringBuilder b = new StringBuilder();
        axes.sizes().keySet().forEach(n -> b.append(String.format("%12s ", shortened(n))));
        String items = axes.batch().isPresent() ? "items/s" : "runs/s";
        b.append(String.format("%8s ", "threads"));
        if (!axes.streams().isEmpty()) {
            b.append(String.format("%8s ", "streams"));
        }
        b.append(String.format("%14s %14s %12s %14s%n", "p50", "p90", items, "peak memory"));
        return b.toString();
    }

    String row(SweepResult r) {
        return place(r, axes)
                + switch (r) {
                    case SweepResult.Measured m ->
                        String.format(
                                Locale.ROOT,
                                "%14s %14s %12.1f %14s%n",
                                Amounts.millis(m.p50()),
                                Amounts.millis(m.p90()),
                                Sweep.itemsPerSecond(m, axes),
                                Amounts.bytes(m.peakBytes()));
                    case SweepResult.Failed f -> f.why() + "\n";
                };
    }

    private static String place(SweepResult r, SweepAxes axes) {
        StringBuilder b = new StringBuilder();
        axes.sizes()
                .keySet()
                .forEach(n ->
                        b.append(String.format("%12d ", r.point().dims().sizes().get(n))));
        b.append(String.format("%8d ", r.point().threads()));
        if (!axes.streams().isEmpty()) {
            b.append(String.format("%8d ", r.point().streams()));
        }
        return b.toString();
    }

    String footer() {
        String within = limit.map(l -> " within " + Amounts.bytes(l)).orElse("");
        return best().map(m -> String.format(
                        Locale.ROOT,
                        "most gets done%s at %s%d thread%s%s: %.1f %s%n",
                        within,
                        axes.sizes().keySet().stream()
                                .map(n -> n + "=" + m.point().dims().sizes().get(n) + ", ")
                                .collect(Collectors.joining()),
                        m.point().threads(),
                        m.point().threads() == 1 ? "" : "s",
                        m.point().streams() == 1 ? "" : ", " + m.point().streams() + " streams",
                        Sweep.itemsPerSecond(m, axes),
                        axes.batch().isPresent() ? "items/s" : "runs/s"))
                .orElse("nothing ran" + within + "\n");
    }

    private static String shortened(String name) {
        return name.length() <= 12 ? name : "…" + name.substring(name.length() - 11);
    }
}
