package dev.lathe.app.timeline;

import dev.lathe.app.ui.Numbers;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What ran in a stretch of time: slices that lie in no other count with their part of it.
///
/// @param from in µs
/// @param busy time of slices, of all tracks together, in µs
/// @param most the kind that took longest, with its time
record RangeSum(double from, double to, int tracks, int slices, double busy, Optional<Map.Entry<String, Double>> most) {

    static RangeSum of(Timeline timeline, double a, double b) {
        double from = Math.min(a, b);
        double to = Math.max(a, b);
        Map<String, Double> kinds = new HashMap<>();
        int slices = 0;
        double busy = 0;
        for (Track track : timeline.tracks()) {
            SliceRow row = track.rows().getFirst();
            for (int i = row.endingAfter(from); i < row.size() && row.get(i).start() < to; i++) {
                Slice s = row.get(i);
                double inside = Math.min(to, s.end()) - Math.max(from, s.start());
                busy += inside;
                slices++;
                kinds.merge(s.kind(), inside, Double::sum);
            }
        }
        return new RangeSum(
                from,
                to,
                timeline.tracks().size(),
                slices,
                busy,
                kinds.entrySet().stream().max(Comparator.comparingDouble(Map.Entry::getValue)));
    }

    String words() {
        double length = to - from;
        if (length <= 0) {
            return "";
        }
        return Numbers.nanos(length * 1e3) + " · " + Numbers.grouped(slices)
                + (slices == 1 ? " kernel, " : " kernels, ")
                + Numbers.nanos(busy * 1e3) + " = " + Numbers.share(busy / length)
                + (tracks > 1 ? " on " + tracks + " tracks" : "")
                + most.map(m -> " · most: " + m.getKey() + " " + Numbers.share(m.getValue() / length))
                        .orElse("");
    }
}
