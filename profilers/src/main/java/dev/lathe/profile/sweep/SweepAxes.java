package dev.lathe.profile.sweep;

import dev.lathe.graph.analyze.DimBindings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is varied: sizes of free dimensions, threads, and concurrent streams.
///
/// @param sizes by dimension, each in the order in which they are measured
/// @param threads empty when they are not varied, as `streams`
public record SweepAxes(Map<String, List<Long>> sizes, List<Integer> threads, List<Integer> streams) {
    private static final Pattern BATCH = Pattern.compile("batch|^n$|_d0$", Pattern.CASE_INSENSITIVE);

    public SweepAxes {
        Map<String, List<Long>> copy = new LinkedHashMap<>();
        sizes.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        sizes = Collections.unmodifiableMap(copy);
        threads = List.copyOf(threads);
        streams = List.copyOf(streams);
    }

    /// With one run after the other.
    public SweepAxes(Map<String, List<Long>> sizes, List<Integer> threads) {
        this(sizes, threads, List.of());
    }

    /// The dimension whose elements are worked off side by side, when it is varied: throughput is told per element of
    /// it.
    public Optional<String> batch() {
        return sizes.keySet().stream().filter(n -> BATCH.matcher(n).find()).findFirst();
    }

    /// Every combination: the last axis changes quickest, after the sizes the threads, then the streams.
    ///
    /// @param rest sizes of the dimensions that are not varied
    /// @param usual threads where they are not varied
    /// @param inFlight streams where they are not varied
    public List<SweepPoint> points(DimBindings rest, int usual, int inFlight) {
        List<Map<String, Long>> all = new ArrayList<>(List.of(rest.sizes()));
        for (Map.Entry<String, List<Long>> axis : sizes.entrySet()) {
            List<Map<String, Long>> next = new ArrayList<>();
            for (Map<String, Long> at : all) {
                for (long size : axis.getValue()) {
                    Map<String, Long> with = new HashMap<>(at);
                    with.put(axis.getKey(), size);
                    next.add(with);
                }
            }
            all = next;
        }
        List<SweepPoint> points = new ArrayList<>();
        for (Map<String, Long> at : all) {
            for (int t : threads.isEmpty() ? List.of(usual) : threads) {
                for (int s : streams.isEmpty() ? List.of(inFlight) : streams) {
                    points.add(new SweepPoint(new DimBindings(at), t, s));
                }
            }
        }
        return List.copyOf(points);
    }
}
