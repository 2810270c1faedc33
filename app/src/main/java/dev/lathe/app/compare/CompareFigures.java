package dev.lathe.app.compare;

import dev.lathe.app.ui.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// How the comparison's columns write their numbers: all times in one unit with the same decimals, and so all bytes,
/// so that they stand one under the other and a nought is as long as its neighbours.
record CompareFigures(String unit, double nanosInUnit, int decimals, String bytesUnit, double bytesInUnit) {
    /// Below a tenth of a millisecond the first digits of ms would be noughts.
    private static final double SHORT_NANOS = 99_995;
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final double KIBI = 1024;
    private static final double MEBI = KIBI * KIBI;

    /// As many decimals as the longest layer needs for four digits.
    static CompareFigures of(List<CompareRow> rows) {
        double longest = rows.stream()
                .flatMapToDouble(
                        r -> DoubleStream.of(r.nanosA().orElse(0), r.nanosB().orElse(0)))
                .max()
                .orElse(0);
        boolean tiny = longest > 0 && longest < SHORT_NANOS;
        double unit = tiny ? MICRO : MILLI;
        double inUnit = longest / unit;
        double most = rows.stream()
                .flatMapToDouble(r -> DoubleStream.of(r.bytesA(), r.bytesB()))
                .max()
                .orElse(0);
        boolean small = most > 0 && most < MEBI;
        return new CompareFigures(
                tiny ? "µs" : "ms",
                unit,
                inUnit < 9.9995 ? 3 : inUnit < 99.995 ? 2 : 1,
                small ? "KiB" : "MiB",
                small ? KIBI : MEBI);
    }

    String time(OptionalDouble nanos) {
        return nanos.isPresent() ? fixed(nanos.getAsDouble() / nanosInUnit, decimals) : Numbers.UNKNOWN;
    }

    String timeChange(double nanos) {
        return signed(nanos / nanosInUnit, decimals);
    }

    String bytes(double bytes) {
        return fixed(bytes / bytesInUnit, 2);
    }

    String bytesChange(double bytes) {
        return signed(bytes / bytesInUnit, 2);
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
