package dev.lathe.cli;

import dev.lathe.core.Quantity;
import dev.lathe.graph.Dim;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Amounts as plain text for a terminal (ASCII digits, no thin spaces, so that output can be cut and compared).
final class Amounts {
    private static final String UNKNOWN = "unknown";
    private static final String PREFIXES = " kMGTP";

    private Amounts() {}

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /// `1 error`, `2 errors`.
    static String of(long n, String thing) {
        return count(n) + " " + thing + (n == 1 ? "" : "s");
    }

    static String count(Dim n) {
        return n.fixed().isPresent() ? count(n.fixed().getAsLong()) : words(n);
    }

    static String bytes(Dim n) {
        return n.fixed().isPresent() ? bytes(n.fixed().getAsLong()) : words(n);
    }

    static String bytes(long n) {
        return scaled(n, 1024, "B", "KiB", "MiB", "GiB", "TiB");
    }

    /// Files in powers of ten, as file managers show them.
    static String fileSize(long n) {
        return n < 0 ? UNKNOWN : scaled(n, 1000, "B", "kB", "MB", "GB", "TB");
    }

    static String flops(Dim n) {
        return n.fixed().isPresent()
                ? scaled(n.fixed().getAsLong(), 1000, "FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP")
                : words(n) + " FLOP";
    }

    static String macs(Dim n) {
        return n.fixed().isPresent()
                ? scaled(n.fixed().getAsLong(), 1000, "MAC", "kMAC", "MMAC", "GMAC", "TMAC")
                : words(n) + " MAC";
    }

    static String millis(Duration d) {
        return String.format(Locale.ROOT, d.toNanos() < 1_000_000 ? "%.4f ms" : "%.2f ms", d.toNanos() / 1e6);
    }

    /// A layer's time in the unit that shows its digits: what took some time is never a row of noughts.
    static String time(Duration d) {
        long nanos = d.toNanos();
        if (nanos > 0 && nanos < 1_000) {
            return nanos + " ns";
        }
        return nanos > 0 && nanos < 100_000 ? String.format(Locale.ROOT, "%.2f µs", nanos / 1e3) : millis(d);
    }

    /// A part of a whole in percent; what is less than can be shown is not nothing.
    static String share(double part) {
        return part > 0 && part < 0.0005 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /// A rate with three digits, in powers of ten: `24.4 GB/s`, `101 GFLOP/s`.
    static String rate(Quantity perSecond) {
        double value = perSecond.value();
        int prefix = 0;
        while (value >= 999.5 && prefix < PREFIXES.length() - 1) {
            value /= 1000;
            prefix++;
        }
        String digits = new BigDecimal(value).round(new MathContext(3)).toPlainString();
        return digits + " " + PREFIXES.substring(prefix, prefix + 1).strip()
                + perSecond.unit().symbol();
    }

    /// Three digits in J, mJ or µJ.
    static String joules(double j) {
        return j == 0 || j >= 0.9995
                ? digits(j) + " J"
                : j >= 0.9995e-3 ? digits(j * 1e3) + " mJ" : digits(j * 1e6) + " µJ";
    }

    /// Three digits, also where the last of them are noughts.
    static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        int whole = 1 + (int) Math.floor(Math.log10(Math.abs(value)));
        return String.format(Locale.ROOT, "%." + Math.max(0, 3 - whole) + "f", value);
    }

    static double ms(Duration d) {
        return d.toNanos() / 1e6;
    }

    private static String words(Dim n) {
        return n instanceof Dim.Unknown ? UNKNOWN : n.toString();
    }

    private static String scaled(long n, int base, String... units) {
        double value = n;
        int unit = 0;
        while (Math.abs(value) >= base && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        return unit == 0 ? n + " " + units[0] : String.format(Locale.ROOT, "%.2f %s", value, units[unit]);
    }

    /// For JSON: null where it is not known.
    static @Nullable Long known(OptionalLong n) {
        return n.isPresent() ? Long.valueOf(n.getAsLong()) : null;
    }
}
