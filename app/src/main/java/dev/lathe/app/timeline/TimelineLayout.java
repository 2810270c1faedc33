package dev.lathe.app.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where tracks and counters lie below the ruler: lines from the top, in pixels, before scrolling.
record TimelineLayout(List<Line> lines, double height) {
    static final double RULER = 22;
    static final double ROW = 18;
    static final double COUNTER = 40;
    private static final double GAP = 8;

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
        return new TimelineLayout(List.copyOf(lines), y);
    }

    Optional<Line> at(double y) {
        return lines.stream()
                .filter(l -> y >= l.top() && y < l.top() + l.height())
                .findFirst();
    }
}
