package dev.lathe.app.sweep;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// One of the charts of a sweep: a quantity over the values of what is varied.
///
/// @param limit a level that is not to be exceeded
/// @param best where the best point lies
public record SweepCurve(
        Quantity quantity, String title, List<Line> lines, OptionalDouble limit, Optional<Point> best) {

    /// What the charts show.
    public enum Quantity {
        LATENCY,
        THROUGHPUT,
        MEMORY
    }

    public record Point(double x, double y) {}

    /// @param series which value of the second axis, counted from 0
    /// @param upper whether it is the higher percentile of two
    public record Line(String name, int series, boolean upper, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    public SweepCurve {
        lines = List.copyOf(lines);
    }
}
