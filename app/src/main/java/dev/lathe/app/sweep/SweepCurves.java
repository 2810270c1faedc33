package dev.lathe.app.sweep;

import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// Makes the curves of a sweep: along the axis that is varied first, a curve for each combination of the others.
final class SweepCurves {
    private static final double MIB = 1 << 20;

    private SweepCurves() {}

    /// Latency in ms, throughput a second, memory in MiB; none before a point was measured.
    static List<SweepCurve> of(SweepShown s) {
        if (s.varied().isEmpty() || s.rows().stream().allMatch(r -> r.measured().isEmpty())) {
            return List.of();
        }
        String along = s.varied().getFirst();
        List<String> others = s.varied().subList(1, s.varied().size());
        TreeSet<String> series =
                new TreeSet<>(Comparator.comparing((String n) -> n.length()).thenComparing(n -> n));
        s.rows().forEach(r -> series.add(name(r, others)));
        List<String> names = List.copyOf(series);
        List<SweepCurve.Line> latency = new ArrayList<>();
        List<SweepCurve.Line> throughput = new ArrayList<>();
        List<SweepCurve.Line> memory = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<SweepRow> rows = s.rows().stream()
                    .filter(r -> r.measured().isPresent() && name(r, others).equals(name))
                    .sorted(Comparator.comparingLong(r -> r.value(along)))
                    .toList();
            String before = name.isEmpty() ? "" : name + ", ";
            latency.add(line(before + "p50", i, false, rows, along, m -> m.p50().toNanos() / 1e6));
            latency.add(line(before + "p90", i, true, rows, along, m -> m.p90().toNanos() / 1e6));
            throughput.add(new SweepCurve.Line(
                    name,
                    i,
                    false,
                    rows.stream()
                            .map(r -> new SweepCurve.Point(
                                    r.value(along), r.perSecond().orElse(0)))
                            .toList()));
            memory.add(line(name, i, false, rows, along, m -> m.peakBytes() / MIB));
        }
        Optional<SweepRow> best = s.best();
        OptionalDouble limit = s.sweep()
                .flatMap(x -> x.limit())
                .map(l -> OptionalDouble.of(l / MIB))
                .orElse(OptionalDouble.empty());
        return List.of(
                new SweepCurve(
                        SweepCurve.Quantity.LATENCY,
                        "Latency, ms",
                        latency,
                        OptionalDouble.empty(),
                        at(best, along, m -> m.p50().toNanos() / 1e6)),
                new SweepCurve(
                        SweepCurve.Quantity.THROUGHPUT,
                        s.perItem() ? "Throughput, items/s" : "Throughput, runs/s",
                        throughput,
                        OptionalDouble.empty(),
                        best.map(r -> new SweepCurve.Point(
                                r.value(along), r.perSecond().orElse(0)))),
                new SweepCurve(
                        SweepCurve.Quantity.MEMORY,
                        "Peak memory, MiB",
                        memory,
                        limit,
                        at(best, along, m -> m.peakBytes() / MIB)));
    }

    private static Optional<SweepCurve.Point> at(
            Optional<SweepRow> row, String along, ToDoubleFunction<SweepResult.Measured> value) {
        return row.flatMap(r -> r.measured().map(m -> new SweepCurve.Point(r.value(along), value.applyAsDouble(m))));
    }

    private static SweepCurve.Line line(
            String name,
            int series,
            boolean upper,
            List<SweepRow> rows,
            String along,
            ToDoubleFunction<SweepResult.Measured> value) {
        return new SweepCurve.Line(
                name,
                series,
                upper,
                rows.stream()
                        .flatMap(r -> at(Optional.of(r), along, value).stream())
                        .toList());
    }

    private static String name(SweepRow row, List<String> others) {
        return String.join(
                ", ",
                others.stream()
                        .map(o -> o + " " + Numbers.grouped(row.value(o)))
                        .toList());
    }
}
