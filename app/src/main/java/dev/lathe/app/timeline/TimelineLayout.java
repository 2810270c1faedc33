package dev.lathe.app.timeline;

import dev.lathe.app.graph.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where tracks and counters lie below the ruler: lines from the top, in pixels, before scrolling. `names` is how wide
/// the column of their names is.
record TimelineLayout(List<Line> lines, double height, double names) {
    static final double RULER = 22;
    static final double ROW = 18;
    static final double COUNTER = 40;
    /// Of the names of tracks, in pixels.
    static final double SIZE = 11;

    private static final double GAP = 8;
    static final double LEAST_NAMES = 168;
    private static final double MOST_NAMES = 400;
    /// Beside a name, left and right.
    static final double BESIDE = 20;

    /// A row of a track, or a counter. `row` is −1 for a counter.
    record Line(double top, double height, int track, int row) {
        boolean isCounter() {
            return row < 0;
        }
    }

    static TimelineLayout of(Timeline t) {
        List<Line> lines = new ArrayList<>();
        double y = GAP / 2;
        for (int i = 0; i < t.tracks().size(); i++) {
            for (int r = 0; r < t.tracks().get(i).rows().size(); r++) {
                lines.add(new Line(y, ROW, i, r));
                y += ROW + 1;
            }
            y += GAP;
        }
        for (int i = 0; i < t.counters().size(); i++) {
            lines.add(new Line(y, COUNTER, i, -1));
            y += COUNTER + GAP;
        }
        return new TimelineLayout(List.copyOf(lines), y, names(t));
    }

    /// As wide as the longest: threads of one program differ at the ends of their names.
    private static double names(Timeline t) {
        double widest = Stream.concat(
                        t.tracks().stream().flatMap(r -> Stream.of(r.name(), r.owner())),
                        t.counters().stream().map(CounterCurve::name))
                .mapToDouble(n -> TextWidth.of(n, SIZE, false))
                .max()
                .orElse(0);
        return Math.clamp(Math.ceil(widest) + BESIDE, LEAST_NAMES, MOST_NAMES);
    }

    Optional<Line> at(double y) {
        return lines.stream()
                .filter(l -> y >= l.top() && y < l.top() + l.height())
                .findFirst();
    }
}
