package dev.lathe.app.compare;

import dev.lathe.app.ui.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// How the comparison's columns write their numbers: all times with the same decimals, so that they stand one under the
/// other and a nought is as long as its neighbours.
record CompareFigures(int decimals) {
    private static final double BIG_NANOS = 9.9995e6;
    private static final double HUGE_NANOS = 99.995e6;

    /// As many decimals as the longest layer needs for four digits.
    static CompareFigures of(List<CompareRow> rows) {
        double longest = rows.stream()
                .flatMapToDouble(
                        r -> DoubleStream.of(r.nanosA().orElse(0), r.nanosB().orElse(0)))
                .max()
                .orElse(0);
        return new CompareFigures(longest < BIG_NANOS ? 3 : longest < HUGE_NANOS ? 2 : 1);
    }

    String millis(OptionalDouble nanos) {
        return nanos.isPresent() ? fixed(nanos.getAsDouble() / 1e6, decimals) : Numbers.UNKNOWN;
    }

    String millisChange(double nanos) {
        return signed(nanos / 1e6, decimals);
    }

    static String mib(double bytes) {
        return fixed(bytes / (1 << 20), 2);
    }

    static String mibChange(double bytes) {
        return signed(bytes / (1 << 20), 2);
    }

    private static String signed(double v, int decimals) {
        String s = fixed(Math.abs(v), decimals);
        // What rounds to nought has no sign.
        return Double.parseDouble(s) == 0 ? s : (v < 0 ? "−" : "+") + s;
    }

    private static String fixed(double v, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", v);
    }
}
