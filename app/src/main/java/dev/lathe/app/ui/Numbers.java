package dev.lathe.app.ui;

import dev.lathe.core.Quantity;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How numbers are written everywhere in the window, in reports and on the command line: with their unit,
/// with as many digits as mean something, a true minus, and thin spaces in thousands.
public final class Numbers {
    /// Stands where a number is not known.
    public static final String UNKNOWN = "—";

    private static final char MINUS = '\u2212';
    private static final char THIN = '\u2009';

    private Numbers() {}

    /// A duration with three digits: `946 ns`, `14.2 µs`, `19.3 ms`, `2.41 s`; from ten minutes on `12 min
    /// 5 s`.
    public static String time(Duration d) {
        return nanos(d.toNanos());
    }

    /// [#time] of an amount of nanoseconds that need not be whole.
    public static String nanos(double ns) {
        double a = Math.abs(ns);
        if (a == 0) {
            return "0 ms";
        }
        if (rounded3(a) < 1e3) {
            return digits(ns, 3) + " ns";
        }
        // Below a tenth of a millisecond the first digits of ms would be zeros.
        if (rounded3(a) < 1e5) {
            return digits(ns / 1e3, 3) + " µs";
        }
        if (rounded3(a) < 1e9) {
            return digits(ns / 1e6, 3) + " ms";
        }
        if (a < 600e9) {
            return digits(ns / 1e9, 3) + " s";
        }
        long seconds = Math.round(a / 1e9);
        return (ns < 0 ? String.valueOf(MINUS) : "") + grouped(seconds / 60) + " min " + seconds % 60 + " s";
    }

    /// The bare number of milliseconds with three digits, for columns whose header has the unit.
    public static String millis(Duration d) {
        return digits(d.toNanos() / 1e6, 3);
    }

    /// A file's size in MB (10⁶ bytes): `90.4 MB`, `24 kB`, `312 B`.
    public static String fileSize(long bytes) {
        double a = Math.abs((double) bytes);
        if (a < 1e3) {
            return grouped(bytes) + " B";
        }
        if (rounded3(a) < 1e6) {
            return digits(bytes / 1e3, 3) + " kB";
        }
        return rounded3(a) < 1e9 ? digits(bytes / 1e6, 3) + " MB" : digits(bytes / 1e9, 3) + " GB";
    }

    /// Memory and tensors in binary units: `192 KiB`, `2.25 MiB`.
    public static String bytes(double bytes) {
        double a = Math.abs(bytes);
        if (a < 1024) {
            return grouped(Math.round(bytes)) + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB"};
        double v = bytes / 1024;
        int u = 0;
        while (Math.abs(v) >= 1023.5 && u < units.length - 1) {
            v /= 1024;
            u++;
        }
        return (v == Math.rint(v) ? grouped((long) v) : digits(v, 3)) + " " + units[u];
    }

    /// Work: `151 MFLOP`, `2.87 GFLOP`.
    public static String flops(double flop) {
        return scaled(flop, "FLOP");
    }

    /// Rate of work: `160 GFLOP/s`.
    public static String flopRate(double flopPerSecond) {
        return scaled(flopPerSecond, "FLOP/s");
    }

    /// Decimal rate of data: `21.3 GB/s`.
    public static String byteRate(double bytesPerSecond) {
        return scaled(bytesPerSecond, "B/s");
    }

    /// A large count, shortened: `22.7 M`, `589 824` stays whole below a million.
    public static String count(double n) {
        double a = Math.abs(n);
        if (a < 1e6) {
            return grouped(Math.round(n));
        }
        return rounded3(a) < 1e9 ? digits(n / 1e6, 3) + " M" : digits(n / 1e9, 3) + " G";
    }

    /// A whole number with thin spaces in thousands.
    public static String grouped(long n) {
        String s = Long.toString(n);
        int start = n < 0 ? 1 : 0;
        StringBuilder b = new StringBuilder(n < 0 ? String.valueOf(MINUS) : "");
        for (int i = start; i < s.length(); i++) {
            if (i > start && (s.length() - i) % 3 == 0) {
                b.append(THIN);
            }
            b.append(s.charAt(i));
        }
        return b.toString();
    }

    /// A share in 0…1: one decimal, two significant digits below 1 %: `16.3 %`, `0.17 %`, `0 %`.
    public static String share(double part) {
        double p = part * 100;
        double a = Math.abs(p);
        if (a == 0) {
            return "0 %";
        }
        if (a < 0.0095) {
            return p < 0 ? "> " + MINUS + "0.01 %" : "< 0.01 %";
        }
        return (a < 0.995 ? plain(round(p, 2)) : fixed(p, 1)) + " %";
    }

    /// A change in 0…1 with its sign: `+3.2 %`, `−2.4 %`.
    public static String change(double part) {
        double p = part * 100;
        String s = fixed(p, 1);
        return (p > 0 && !s.equals("0.0") ? "+" : "") + s + " %";
    }

    /// A difference of times with its sign: `−0.51 ms`.
    public static String timeChange(Duration d) {
        return (d.isNegative() || d.isZero() ? "" : "+") + nanos(d.toNanos());
    }

    /// How many times faster: `× 1.82`.
    public static String factor(double f) {
        return "× " + fixed(f, f < 10 ? 2 : 1);
    }

    /// Signal to noise: `20.1 dB`.
    public static String decibel(double db) {
        return Double.isInfinite(db) ? (db > 0 ? "∞ dB" : MINUS + "∞ dB") : fixed(db, 1) + " dB";
    }

    /// Cosine similarity: three decimals, never rounded up to a 1 that it is not.
    public static String cosine(double c) {
        return c < 1 && c > 0.9994 ? "0.999" : fixed(c, 3);
    }

    /// Marks a number as an estimate. Views also set it italic and muted.
    public static String estimate(String number) {
        return number.equals(UNKNOWN) || number.startsWith("~") ? number : "~" + number;
    }

    /// A shape with ×: `1×128×384`; named dimensions by name, unknown ones `?`; `scalar` for rank 0, —
    /// unranked.
    public static String shape(Shape shape) {
        if (!(shape instanceof Shape.Ranked(List<Dim> dims))) {
            return UNKNOWN;
        }
        if (dims.isEmpty()) {
            return "scalar";
        }
        StringBuilder b = new StringBuilder();
        for (Dim d : dims) {
            b.append(b.isEmpty() ? "" : "×").append(dim(d));
        }
        return b.toString();
    }

    /// One dimension: a number, a name, or `?`.
    public static String dim(Dim d) {
        OptionalLong size = d.fixed();
        if (size.isPresent()) {
            return Long.toString(size.getAsLong());
        }
        if (d instanceof Dim.Expr) {
            String s = d.toString();
            return s.length() <= 14 ? s : "?";
        }
        return d.toString();
    }

    /// Any quantity by its unit.
    public static String quantity(Quantity q) {
        double v = q.value();
        return switch (q.unit()) {
            case NANOSECONDS -> nanos(v);
            case BYTES -> bytes(v);
            case FLOP, MAC -> scaled(v, q.unit().symbol());
            case FLOP_PER_SECOND -> flopRate(v);
            case OP_PER_SECOND -> scaled(v, "OP/s");
            case BYTES_PER_SECOND -> byteRate(v);
            case FLOP_PER_BYTE -> digits(v, 3) + " FLOP/B";
            case PER_SECOND -> digits(v, 3) + " /s";
            case PERCENT -> share(v / 100);
            case DECIBEL -> decibel(v);
            case COUNT -> count(v);
            case WATT -> digits(v, 3) + " W";
            case HERTZ -> scaled(v, "Hz");
            case JOULE -> joules(v);
        };
    }

    /// Three digits in J, mJ or µJ: `41.2 mJ`.
    public static String joules(double j) {
        double a = Math.abs(j);
        return a == 0 || a >= 0.9995
                ? digits(j, 3) + " J"
                : a >= 0.9995e-3 ? digits(j * 1e3, 3) + " mJ" : digits(j * 1e6, 3) + " µJ";
    }

    /// The known amount formatted by `format`, or —.
    public static String known(OptionalDouble amount, java.util.function.DoubleFunction<String> format) {
        return amount.isPresent() ? format.apply(amount.getAsDouble()) : UNKNOWN;
    }

    /// The amount where a [Dim] is fixed.
    public static OptionalDouble amount(Dim d) {
        OptionalLong f = d.fixed();
        return f.isPresent() ? OptionalDouble.of(f.getAsLong()) : OptionalDouble.empty();
    }

    /// A number with `n` significant digits, whole part always in full: 0.946, 19.3, 151, 1 190.
    public static String digits(double v, int n) {
        if (v == 0 || !Double.isFinite(v)) {
            return v == 0 ? "0" : UNKNOWN;
        }
        BigDecimal r = round(v, n);
        int decimals = n - (r.precision() - r.scale());
        return plain(decimals > r.scale() ? r.setScale(decimals, RoundingMode.UNNECESSARY) : r);
    }

    private static String scaled(double v, String unit) {
        double a = rounded3(Math.abs(v));
        String[] prefix = {"", "k", "M", "G", "T", "P"};
        int p = 0;
        while (a >= 1e3 && p < prefix.length - 1) {
            a /= 1e3;
            v /= 1e3;
            p++;
        }
        return (p == 0 ? grouped(Math.round(v)) : digits(v, 3)) + " " + prefix[p] + unit;
    }

    private static double rounded3(double a) {
        return a == 0 ? 0 : round(a, 3).doubleValue();
    }

    private static BigDecimal round(double v, int digits) {
        return new BigDecimal(v).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String plain(BigDecimal v) {
        if (v.scale() <= 0) {
            return grouped(v.longValue());
        }
        String s = v.abs().toPlainString();
        int point = s.indexOf('.');
        String whole = point < 0 ? s : s.substring(0, point);
        return (v.signum() < 0 ? String.valueOf(MINUS) : "")
                + grouped(Long.parseLong(whole))
                + (point < 0 ? "" : s.substring(point));
    }

    private static String fixed(double v, int decimals) {
        String s = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(v));
        boolean zero = s.chars().allMatch(c -> c == '0' || c == '.');
        return (v < 0 && !zero ? String.valueOf(MINUS) : "") + s;
    }
}
