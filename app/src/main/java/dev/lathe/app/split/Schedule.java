package dev.lathe.app.split;

import dev.lathe.optimize.partition.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// When each stage works on which request, from the first request's start to the last one's end.
public record Schedule(List<Lane> lanes, Duration span) {
    public Schedule {
        lanes = List.copyOf(lanes);
    }

    /// One stage's row.
    public record Lane(int stage, String name, List<Slot> slots) {
        public Lane {
            slots = List.copyOf(slots);
        }
    }

    /// Work on request `request` (from 1). `transfer` is how long handing it on took after `end`; zero at the last
    /// stage.
    public record Slot(int request, Duration start, Duration end, Duration transfer) {}

    /// A pipeline in which a stage takes the next request as soon as the request has arrived and neither the stage
    /// nor one that shares its cores is at work.
    public static Schedule predicted(Prediction p, List<String> names, int requests) {
        int stages = p.stageTimes().size();
        List<List<Slot>> slots = new ArrayList<>();
        for (int s = 0; s < stages; s++) {
            slots.add(new ArrayList<>());
        }
        Duration last = Duration.ZERO;
        for (int r = 1; r <= requests; r++) {
            Duration arrived = Duration.ZERO;
            for (int s = 0; s < stages; s++) {
                Duration time = p.stageTimes().get(s);
                Duration start = free(arrived, time, rivals(s, p, slots));
                Duration end = start.plus(time);
                Duration transfer = s < stages - 1 ? p.transferTimes().get(s) : Duration.ZERO;
                slots.get(s).add(new Slot(r, start, end, transfer));
                arrived = end.plus(transfer);
                last = later(last, end);
            }
        }
        List<Lane> lanes = new ArrayList<>();
        for (int s = 0; s < stages; s++) {
            lanes.add(new Lane(s, names.get(s), slots.get(s)));
        }
        return new Schedule(lanes, last);
    }

    /// What is done already on the cores of a stage, by start.
    private static List<Slot> rivals(int stage, Prediction p, List<List<Slot>> slots) {
        List<Slot> all = new ArrayList<>(slots.get(stage));
        p.sharing().get(stage).forEach(t -> all.addAll(slots.get(t)));
        all.sort(Comparator.comparing(Slot::start));
        return all;
    }

    /// The first time from `from` on at which nothing is done for as long as `time`.
    private static Duration free(Duration from, Duration time, List<Slot> done) {
        Duration start = from;
        for (Slot s : done) {
            if (s.end().compareTo(start) > 0 && s.start().compareTo(start.plus(time)) < 0) {
                start = s.end();
            }
        }
        return start;
    }

    private static Duration later(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /// The first requests alone.
    Schedule first(int count) {
        List<Lane> cut = lanes.stream()
                .map(l -> new Lane(
                        l.stage(),
                        l.name(),
                        l.slots().stream().filter(s -> s.request() <= count).toList()))
                .toList();
        Duration end = cut.stream()
                .flatMap(l -> l.slots().stream())
                .map(Slot::end)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new Schedule(cut, end);
    }

    /// Part of the span in which a stage computed, in 0…1.
    public double busy(int stage) {
        if (span.isZero()) {
            return 0;
        }
        double sum = lanes.get(stage).slots().stream()
                .mapToDouble(s -> s.end().minus(s.start()).toNanos())
                .sum();
        return Math.min(1, sum / span.toNanos());
    }

    /// Part of all stages' time in which nothing was computed, in 0…1.
    public double bubble() {
        double busy = 0;
        for (int s = 0; s < lanes.size(); s++) {
            busy += busy(s);
        }
        return lanes.isEmpty() ? 0 : 1 - busy / lanes.size();
    }
}
