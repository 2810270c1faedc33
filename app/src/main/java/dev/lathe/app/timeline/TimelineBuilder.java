package dev.lathe.app.timeline;

import dev.lathe.core.JobContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sorts slices into tracks and rows: what runs inside another goes below it.
final class TimelineBuilder {
    private final Map<Lane, List<Slice>> lanes = new LinkedHashMap<>();
    private final Map<Lane, String> names = new HashMap<>();
    private final Map<Long, String> owners = new HashMap<>();
    private final Map<Long, Long> order = new HashMap<>();
    private final Map<Counter, List<double[]>> counters = new LinkedHashMap<>();

    /// A thread of a process, by the numbers that the trace has for them.
    record Lane(long process, long thread) {}

    private record Counter(long process, String name) {}

    void slice(Lane lane, Slice slice) {
        lanes.computeIfAbsent(lane, l -> new ArrayList<>()).add(slice);
    }

    void counter(long process, String name, double at, double value) {
        counters.computeIfAbsent(new Counter(process, name), c -> new ArrayList<>())
                .add(new double[] {at, value});
    }

    void name(Lane lane, String name) {
        names.put(lane, name);
    }

    void owner(long process, String name) {
        owners.put(process, name);
    }

    /// Processes of a low number stand first.
    void order(long process, long number) {
        order.put(process, number);
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    Timeline build(String title, JobContext job) {
        List<Lane> sorted = new ArrayList<>(lanes.keySet());
        sorted.sort(Comparator.comparingLong((Lane l) -> order.getOrDefault(l.process(), 0L))
                .thenComparingLong(Lane::process)
                .thenComparingLong(Lane::thread));
        List<Track> tracks = new ArrayList<>();
        Map<String, Double> kinds = new HashMap<>();
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        double busy = 0;
        for (Lane lane : sorted) {
            job.checkCancelled();
            List<Slice> slices = lanes.getOrDefault(lane, List.of());
            for (Slice s : slices) {
                from = Math.min(from, s.start());
                to = Math.max(to, s.end());
                kinds.merge(s.kind(), s.duration(), Double::sum);
            }
            List<SliceRow> rows = rows(slices);
            withoutInner(rows, kinds);
            busy += rows.getFirst().busy(0, rows.getFirst().size());
            tracks.add(new Track(
                    owners.getOrDefault(lane.process(), ""),
                    names.getOrDefault(lane, "thread " + lane.thread()),
                    rows,
                    slices.size()));
        }
        return new Timeline(
                title, tracks, curves(), tracks.isEmpty() ? 0 : from, tracks.isEmpty() ? 1 : to, longest(kinds), busy);
    }

    /// Each slice in the first row that is free when it begins; one that begins with another and ends before it lies
    /// inside.
    private static List<SliceRow> rows(List<Slice> slices) {
        List<Slice> sorted = new ArrayList<>(slices);
        sorted.sort(Comparator.comparingDouble(Slice::start)
                .thenComparing(Comparator.comparingDouble(Slice::duration).reversed()));
        List<List<Slice>> rows = new ArrayList<>();
        for (Slice s : sorted) {
            int row = 0;
            while (row < rows.size() && rows.get(row).getLast().end() > s.start() + SliceRow.ROUNDING) {
                row++;
            }
            if (row == rows.size()) {
                rows.add(new ArrayList<>());
            }
            rows.get(row).add(s);
        }
        return rows.stream().map(SliceRow::new).toList();
    }

    /// What runs inside a slice is not counted as that slice's own.
    private static void withoutInner(List<SliceRow> rows, Map<String, Double> kinds) {
        for (int r = 1; r < rows.size(); r++) {
            SliceRow outer = rows.get(r - 1);
            SliceRow row = rows.get(r);
            for (int i = 0; i < row.size(); i++) {
                Slice s = row.get(i);
                outer.at(s.start() + s.duration() / 2, 0)
                        .filter(o ->
                                o.start() <= s.start() + SliceRow.ROUNDING && s.end() <= o.end() + SliceRow.ROUNDING)
                        .ifPresent(o -> kinds.merge(o.kind(), -s.duration(), Double::sum));
            }
        }
    }

    private List<CounterCurve> curves() {
        List<CounterCurve> curves = new ArrayList<>();
        counters.forEach((c, points) -> {
            points.sort(Comparator.comparingDouble(p -> p[0]));
            double[] values = points.stream().mapToDouble(p -> p[1]).toArray();
            double most = 0;
            for (double v : values) {
                most = Math.max(most, v);
            }
            curves.add(new CounterCurve(
                    owners.getOrDefault(c.process(), ""),
                    c.name(),
                    points.stream().mapToDouble(p -> p[0]).toArray(),
                    values,
                    most,
                    c.name().contains("arena") || c.name().contains("byte")));
        });
        return curves;
    }

    private static Map<String, Double> longest(Map<String, Double> kinds) {
        Map<String, Double> sorted = new LinkedHashMap<>();
        kinds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        return sorted;
    }
}
