package dev.lathe.app.live;

import java.util.List;
import java.util.OptionalDouble;

/// One chart of the Live tab as data: its current figure, and lines over the last seconds.
///
/// `figure` is a formatted number ("19.3"), "—" before the first sample; `unit` what stands behind it; `remark` may be
/// empty. `top` is the fixed end of the value axis where there is one (100 % of a core). `fromZero` when the value axis
/// starts at zero (not for latency, whose small changes matter).
public record LiveChart(
        String title,
        String figure,
        String unit,
        String remark,
        List<Line> lines,
        OptionalDouble top,
        boolean fromZero) {
    public LiveChart {
        lines = List.copyOf(lines);
    }

    /// What a line stands for: it decides the colour.
    public enum Role {
        P50,
        P90,
        THROUGHPUT,
        RESIDENT,
        ARENA,
        CORE
    }

    /// `x` in seconds before now (≤ 0), ascending. `number` tells cores apart.
    public record Line(String name, Role role, int number, double[] x, double[] y) {
        public double last() {
            return y.length == 0 ? Double.NaN : y[y.length - 1];
        }
    }
}
