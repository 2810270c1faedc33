package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.List;

/// Arithmetic and comparisons of sizes as operators define them: fixed numbers and formulas of open sizes.
public final class WholeNumbers {
    private static final int HIGHEST_POWER = 8;

    private WholeNumbers() {}

    /// A comparison of two whole numbers.
    public interface Comparison {
        boolean of(long a, long b);
    }

    /// 1 or 0 where the two amounts differ by a known number, else unknown.
    public static Dim compare(Dim a, Dim b, Comparison comparison) {
        if (a instanceof Dim.Fixed(long x) && b instanceof Dim.Fixed(long y)) {
            // Their difference may not fit: the largest number is what exporters write for "to the end".
            return Dim.of(comparison.of(x, y) ? 1 : 0);
        }
        return DimMath.sub(a, b) instanceof Dim.Fixed(long difference)
                ? Dim.of(comparison.of(difference, 0) ? 1 : 0)
                : Dim.unknown();
    }

    /// 1 where `a` is larger than `b`, else 0, also as a formula of open sizes.
    public static Dim greater(Dim a, Dim b) {
        if (a instanceof Dim.Fixed && b instanceof Dim.Fixed) {
            return compare(a, b, (x, y) -> x > y);
        }
        return DimMath.min(DimMath.max(DimMath.sub(a, b), Dim.of(0)), Dim.of(1));
    }

    /// 1 where `a` is at least `b`, else 0.
    public static Dim atLeast(Dim a, Dim b) {
        if (a instanceof Dim.Fixed && b instanceof Dim.Fixed) {
            return compare(a, b, (x, y) -> x >= y);
        }
        return greater(DimMath.add(a, 1), b);
    }

    /// One of two by a condition that is open. Where the condition is which of the two is larger (`a > b ? a : b`), it
    /// is the larger or the smaller one.
    static Dim either(Dim condition, Dim yes, Dim no) {
        if (yes.equals(no)) {
            return yes;
        }
        if (!(condition instanceof Dim.Expr(Dim.Op op, Dim above, Dim one))
                || op != Dim.Op.MIN
                || !one.equals(Dim.of(1))) {
            return Dim.unknown();
        }
        boolean cutBelow = above instanceof Dim.Expr(Dim.Op inner, Dim d, Dim zero)
                && inner == Dim.Op.MAX
                && zero.equals(Dim.of(0));
        if (!cutBelow && !DimMath.nonNegative(above)) {
            // Below 0 it is as true as above.
            return Dim.unknown();
        }
        Dim difference = cutBelow && above instanceof Dim.Expr e ? e.left() : above;
        // Whole numbers: d > 0 is d − 1 ≥ 0, and where both are equal it does not matter which is taken.
        for (Dim d : List.of(difference, DimMath.sub(difference, 1))) {
            if (DimMath.same(d, DimMath.sub(yes, no))) {
                return DimMath.max(yes, no);
            }
            if (DimMath.same(d, DimMath.sub(no, yes))) {
                return DimMath.min(yes, no);
            }
        }
        return Dim.unknown();
    }

    public static Dim abs(Dim d) {
        return DimMath.max(d, DimMath.sub(Dim.of(0), d));
    }

    /// `base` multiplied with itself, for the few exponents that shapes are computed with.
    public static Dim pow(Dim base, Dim exponent) {
        if (!(exponent instanceof Dim.Fixed(long n)) || n < 0 || n > HIGHEST_POWER) {
            return Dim.unknown();
        }
        Dim power = Dim.of(1);
        for (int i = 0; i < n; i++) {
            power = DimMath.mul(power, base);
        }
        return power;
    }

    /// Division towards zero. That is the floor of a quotient above zero and the ceiling of one below; where the sign
    /// is open it is the sum of both, of which one is always 0.
    public static Dim truncatedDiv(Dim a, Dim b) {
        if (a instanceof Dim.Fixed(long x) && b instanceof Dim.Fixed(long y)) {
            return y == 0 ? Dim.unknown() : Dim.of(x / y);
        }
        if (b instanceof Dim.Fixed(long y) && y < 0) {
            return y == Long.MIN_VALUE ? Dim.unknown() : DimMath.sub(Dim.of(0), truncatedDiv(a, Dim.of(-y)));
        }
        if (!DimMath.nonNegative(b)) {
            return Dim.unknown();
        }
        if (DimMath.nonNegative(a)) {
            return DimMath.floorDiv(a, b);
        }
        Dim opposite = DimMath.sub(Dim.of(0), a);
        if (DimMath.nonNegative(opposite)) {
            return DimMath.sub(Dim.of(0), DimMath.floorDiv(opposite, b));
        }
        if (DimMath.mod(a, b).equals(Dim.of(0))) {
            return DimMath.floorDiv(a, b);
        }
        Dim above = DimMath.max(DimMath.floorDiv(a, b), Dim.of(0));
        Dim below = DimMath.min(DimMath.ceilDiv(a, b), Dim.of(0));
        return DimMath.add(above, below);
    }

    /// The quotient where it is whole.
    public static Dim exactDiv(Dim a, Dim b) {
        return DimMath.mod(a, b).equals(Dim.of(0)) ? DimMath.floorDiv(a, b) : Dim.unknown();
    }

    /// The remainder with the divisor's sign.
    public static Dim mod(Dim a, Dim b) {
        return b instanceof Dim.Fixed || DimMath.nonNegative(a) && DimMath.nonNegative(b)
                ? DimMath.mod(a, b)
                : Dim.unknown();
    }

    /// The remainder with the dividend's sign.
    public static Dim remainder(Dim a, Dim b) {
        if (a instanceof Dim.Fixed(long x) && b instanceof Dim.Fixed(long y)) {
            return y == 0 ? Dim.unknown() : Dim.of(x % y);
        }
        Dim opposite = DimMath.sub(Dim.of(0), a);
        return DimMath.nonNegative(a)
                ? mod(a, abs(b))
                : DimMath.nonNegative(opposite) ? DimMath.sub(Dim.of(0), mod(opposite, abs(b))) : Dim.unknown();
    }
}
