package dev.lathe.report;

import dev.lathe.graph.Dim;
import dev.lathe.profile.OpStats;
import java.time.Duration;
import java.util.Locale;

/// Amounts as the report prints them: three digits, a unit, `—` for unknown.
final class Figures {
    static final String UNKNOWN = "—";

    private Figures() {}

    static String time(Duration d) {
        double ns = d.toNanos();
        if (ns < 1e3) {
            return digits(ns) + " ns";
        }
        return ns < 1e5 ? digits(ns / 1e3) + " µs" : digits(ns / 1e6) + " ms";
    }

    /// A layer's time; one that is mostly a correction is an estimate and says so.
    static String time(OpStats s) {
        return (s.estimate() ? "~" : "") + time(s.typical());
    }

    static String rate(double perSecond) {
        return digits(perSecond);
    }

    static String share(double share) {
        double percent = 100 * share;
        return (percent >= 1 || percent == 0
                        ? String.format(Locale.ROOT, "%.1f", percent)
                        : String.format(Locale.ROOT, "%.2g", percent))
                + " %";
    }

    static String count(Dim n) {
        return n.fixed().isPresent() ? scaled(n.fixed().getAsLong(), 1000, "", " K", " M", " G", " T") : symbolic(n);
    }

    static String work(Dim flops) {
        return flops.fixed().isPresent()
                ? scaled(flops.fixed().getAsLong(), 1000, " FLOP", " kFLOP", " MFLOP", " GFLOP", " TFLOP")
                : symbolic(flops);
    }

    static String bytes(Dim n) {
        return n.fixed().isPresent() ? bytes(n.fixed().getAsLong()) : symbolic(n);
    }

    static String bytes(long n) {
        return scaled(n, 1024, " B", " KiB", " MiB", " GiB", " TiB");
    }

    static String fileSize(long n) {
        return n < 0 ? UNKNOWN : scaled(n, 1000, " B", " kB", " MB", " GB", " TB");
    }

    /// Three significant digits, never in scientific notation.
    static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String symbolic(Dim n) {
        return n instanceof Dim.Unknown ? UNKNOWN : n.toString();
    }

    private static String scaled(long n, int base, String... units) {
        double value = n;
        int unit = 0;
        while (Math.abs(value) >= base && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        return (unit == 0 ? Long.toString(n) : digits(value)) + units[unit];
    }
}
