package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A size divided by a number, as models compute with in floating point before they round it: `numerator / divisor`.
/// Only divisors that single precision rounds as the fraction itself would be, for sizes below 2²⁴.
public record Quotient(Dim numerator, long divisor) {
    private static final long MOST = 1L << 16;
    private static final int FINEST = 1 << 10;
    /// Up to here single precision holds all whole numbers.
    private static final long EXACT = 1L << 24;

    private Optional<Quotient> times(long p, long q) {
        // A third is rounded: thrice that need not be the whole.
        if (Long.bitCount(divisor) > 1 && Long.bitCount(p) > 1) {
            return Optional.empty();
        }
        long common = gcd(Math.multiplyExact(divisor, q), p);
        long below = divisor * q / common;
        return below > MOST || p > MOST
                ? Optional.empty()
                : Optional.of(new Quotient(DimMath.mul(numerator, p / common), below));
    }

    public Dim floor() {
        return DimMath.floorDiv(numerator, divisor);
    }

    public Dim ceil() {
        return DimMath.ceilDiv(numerator, divisor);
    }

    /// As a conversion to a whole number rounds it, where it is known not to be below 0.
    public Dim truncated() {
        return DimMath.nonNegative(numerator) ? floor() : Dim.unknown();
    }

    /// Tells output 0 of a product (or a quotient) of sizes and fractions, element by element.
    static void product(InferContext c, boolean divided) {
        if (c.dtype(0).filter(t -> t == DType.FLOAT32 || t == DType.FLOAT64).isEmpty()) {
            return;
        }
        told(c, 0, 1, divided);
        if (!divided) {
            told(c, 1, 0, false);
        }
    }

    private static void told(InferContext c, int sizes, int factors, boolean divided) {
        Optional<List<Quotient>> all = c.input(sizes)
                .quotients()
                .or(() -> c.elements(sizes)
                        .map(e -> e.stream().map(d -> new Quotient(d, 1)).toList()));
        Optional<List<Double>> by = c.input(factors).reals();
        if (all.isEmpty() || by.isEmpty() || by.get().isEmpty() || all.get().isEmpty()) {
            return;
        }
        int count = Math.max(all.get().size(), by.get().size());
        if (count % all.get().size() != 0
                || count % by.get().size() != 0
                || Math.min(all.get().size(), by.get().size()) > 1 && !c.dims(0).equals(c.dims(1))) {
            return;
        }
        List<Quotient> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Quotient one = all.get().get(i % all.get().size());
            Optional<Quotient> made = scaled(one, by.get().get(i % by.get().size()), divided);
            if (made.isEmpty()
                    || one.numerator instanceof Dim.Unknown
                    || made.get().numerator instanceof Dim.Fixed(long n) && Math.abs(n) > EXACT) {
                return;
            }
            out.add(made.get());
        }
        c.quotients(0, out);
    }

    /// Times a factor of few binary digits, or divided by one.
    private static Optional<Quotient> scaled(Quotient one, double factor, boolean divided) {
        double scaled = factor * FINEST;
        if (!(factor > 0) || factor > MOST || scaled != Math.rint(scaled)) {
            return Optional.empty();
        }
        long common = gcd((long) scaled, FINEST);
        long p = (long) scaled / common;
        long q = FINEST / common;
        return divided ? one.times(q, p) : one.times(p, q);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
