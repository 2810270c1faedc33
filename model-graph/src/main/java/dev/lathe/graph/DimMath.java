package dev.lathe.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Exact integer arithmetic over dimensions. Results are canonical, so that equal amounts are equal objects:
/// `(s + 2) − 2` is `s`, `2·s floordiv 2` is `s`, and a chain of strided windows is one division.
///
/// Named dimensions count as sizes ≥ 0. An operand that is unknown, a coefficient beyond 64 bits, a division by zero
/// and a result of more than [#LARGEST] names and numbers make the result unknown.
public final class DimMath {
    /// The total of a detector with hundreds of free dimensions stays below this; what is above comes from
    /// graphs that double an expression with every layer, and would outgrow memory and stack.
    static final int LARGEST = 2048;

    private DimMath() {}

    public static Dim add(Dim a, Dim b) {
        if (a instanceof Dim.Fixed x && b instanceof Dim.Fixed y) {
            long sum = x.size() + y.size();
            return ((x.size() ^ sum) & (y.size() ^ sum)) < 0 ? Dim.unknown() : Dim.of(sum);
        }
        if (isZero(a) || isZero(b)) {
            return isZero(a) ? b : a;
        }
        if (b instanceof Dim.Fixed n) {
            return plus(a, n);
        }
        return a instanceof Dim.Fixed n
                ? plus(b, n)
                : exact(a, b, (p, q) -> p.plus(q, 1).toDim());
    }

    /// `d + n` without taking `d` apart: its number, if it has one, stands last.
    private static Dim plus(Dim d, Dim.Fixed n) {
        if (d instanceof Dim.Unknown) {
            return d;
        }
        if (d instanceof Dim.Expr(Dim.Op op, Dim rest, Dim.Fixed before) && op == Dim.Op.ADD) {
            Dim number = add(before, n);
            return isZero(number) ? rest : number instanceof Dim.Unknown ? number : new Dim.Expr(op, rest, number);
        }
        return bounded(new Dim.Expr(Dim.Op.ADD, d, n));
    }

    public static Dim add(Dim a, long b) {
        return add(a, Dim.of(b));
    }

    public static Dim sub(Dim a, Dim b) {
        return isZero(b) ? a : exact(a, b, (p, q) -> p.plus(q, -1).toDim());
    }

    public static Dim sub(Dim a, long b) {
        return sub(a, Dim.of(b));
    }

    public static Dim mul(Dim a, Dim b) {
        if (a instanceof Dim.Fixed x && b instanceof Dim.Fixed y) {
            long low = x.size() * y.size();
            return Math.multiplyHigh(x.size(), y.size()) == (low >> 63) ? Dim.of(low) : Dim.unknown();
        }
        if (a instanceof Dim.Fixed k) {
            return multiple(k, b);
        }
        return b instanceof Dim.Fixed k ? multiple(k, a) : product(a, b);
    }

    private static Dim product(Dim a, Dim b) {
        if (a instanceof Dim.Symbol && b instanceof Dim.Symbol) {
            boolean inOrder = Polynomial.ATOM_ORDER.compare(a, b) <= 0;
            return new Dim.Expr(Dim.Op.MUL, inOrder ? a : b, inOrder ? b : a);
        }
        return exact(a, b, (p, q) -> p.times(q).toDim());
    }

    /// `k · d` without taking `d` apart where it is one term: costs of large models are made of millions of these.
    private static Dim multiple(Dim.Fixed k, Dim d) {
        if (k.size() == 1) {
            return d;
        }
        if (k.size() == 0 || d instanceof Dim.Unknown || d instanceof Dim.Fixed) {
            return product(k, d);
        }
        if (d instanceof Dim.Expr(Dim.Op op, Dim left, Dim right)) {
            if (op == Dim.Op.ADD || (op == Dim.Op.MUL && right instanceof Dim.Fixed)) {
                return product(k, d);
            }
            if (op == Dim.Op.MUL && left instanceof Dim.Fixed) {
                Dim both = mul(k, left);
                return both instanceof Dim.Unknown || both.equals(Dim.of(1))
                        ? product(both, right)
                        : new Dim.Expr(Dim.Op.MUL, both, right);
            }
        }
        return new Dim.Expr(Dim.Op.MUL, k, d);
    }

    public static Dim mul(Dim a, long b) {
        return mul(a, Dim.of(b));
    }

    /// The quotient rounded towards minus infinity.
    public static Dim floorDiv(Dim a, Dim b) {
        if (b.equals(Dim.of(1))) {
            return a;
        }
        return exact(a, b, (p, q) -> {
            if (!q.isConstant()) {
                return p.dividedBy(q)
                        .map(Polynomial::toDim)
                        .orElseGet(() -> new Dim.Expr(Dim.Op.FLOOR_DIV, p.toDim(), q.toDim()));
            }
            long k = q.constant();
            if (k == 0) {
                return Dim.unknown();
            }
            return k < 0 ? floorDiv(Polynomial.ZERO.plus(p, -1), Math.negateExact(k)) : floorDiv(p, k);
        });
    }

    public static Dim floorDiv(Dim a, long b) {
        return floorDiv(a, Dim.of(b));
    }

    /// The quotient rounded towards plus infinity.
    public static Dim ceilDiv(Dim a, Dim b) {
        if (b instanceof Dim.Fixed k && k.size() > 0) {
            return floorDiv(add(a, k.size() - 1), b);
        }
        return exact(
                a,
                b,
                (p, q) -> q.isConstant()
                        ? q.constant() == 0
                                ? Dim.unknown()
                                : sub(
                                        Dim.of(0),
                                        floorDiv(Polynomial.ZERO.plus(p, -1).toDim(), q.toDim()))
                        : p.dividedBy(q)
                                .map(Polynomial::toDim)
                                .orElseGet(() -> new Dim.Expr(Dim.Op.CEIL_DIV, p.toDim(), q.toDim())));
    }

    public static Dim ceilDiv(Dim a, long b) {
        return ceilDiv(a, Dim.of(b));
    }

    /// The remainder of [#floorDiv], so it has the divisor's sign.
    public static Dim mod(Dim a, Dim b) {
        return exact(a, b, (p, q) -> {
            if (!q.isConstant()) {
                return p.dividedBy(q).isPresent() ? Dim.of(0) : new Dim.Expr(Dim.Op.MOD, p.toDim(), q.toDim());
            }
            long k = q.constant();
            return k == 0
                    ? Dim.unknown()
                    : k < 0 ? mul(remainder(Polynomial.ZERO.plus(p, -1), Math.negateExact(k)), -1) : remainder(p, k);
        });
    }

    /// The remainder by k > 0. A remainder inside by a multiple of k does not count: its amount has the same one by k.
    private static Dim remainder(Polynomial p, long k) {
        Map<List<Dim>, Long> rest = new HashMap<>();
        Polynomial inside = Polynomial.ZERO;
        for (Polynomial.Term t : p.terms()) {
            if (t.atoms().size() == 1
                    && t.atoms().getFirst() instanceof Dim.Expr(Dim.Op op, Dim of, Dim.Fixed(long by))
                    && op == Dim.Op.MOD
                    && by % k == 0) {
                inside = inside.plus(Polynomial.of(of), Math.floorMod(t.coefficient(), k));
            } else {
                rest.put(t.atoms(), Math.floorMod(t.coefficient(), k));
            }
        }
        Polynomial r = Polynomial.collected(rest);
        if (!inside.equals(Polynomial.ZERO)) {
            return remainder(r.plus(inside, 1), k);
        }
        return r.isConstant() ? Dim.of(r.constant()) : new Dim.Expr(Dim.Op.MOD, r.toDim(), Dim.of(k));
    }

    public static Dim min(Dim a, Dim b) {
        return pick(a, b, Dim.Op.MIN);
    }

    public static Dim max(Dim a, Dim b) {
        return pick(a, b, Dim.Op.MAX);
    }

    /// The sum of many amounts; faster than adding one by one.
    public static Dim sum(Collection<Dim> amounts) {
        Dim fixed = Dim.of(0);
        Dim only = fixed;
        int others = 0;
        for (Dim d : amounts) {
            if (d instanceof Dim.Unknown) {
                return d;
            }
            if (d instanceof Dim.Fixed) {
                fixed = add(fixed, d);
            } else {
                only = d;
                others++;
            }
        }
        if (others == 0) {
            return fixed;
        }
        return others == 1 && isZero(fixed) ? only : sumOfTerms(amounts);
    }

    private static Dim sumOfTerms(Collection<Dim> amounts) {
        Map<List<Dim>, Long> collected = new HashMap<>();
        try {
            for (Dim d : amounts) {
                for (Polynomial.Term t : Polynomial.of(d).terms()) {
                    collected.merge(t.atoms(), t.coefficient(), Math::addExact);
                }
            }
        } catch (ArithmeticException tooLarge) {
            return Dim.unknown();
        }
        return bounded(Polynomial.collected(collected).toDim());
    }

    /// The product of many amounts; faster than multiplying one by one.
    public static Dim product(Collection<Dim> amounts) {
        Dim factor = Dim.of(1);
        Dim only = factor;
        List<Dim> others = new ArrayList<>();
        for (Dim d : amounts) {
            if (d instanceof Dim.Unknown) {
                return d;
            }
            if (d instanceof Dim.Fixed) {
                factor = mul(factor, d);
            } else {
                only = d;
                others.add(d);
            }
        }
        return others.size() < 2 ? mul(factor, only) : mul(factor, productOfTerms(others));
    }

    private static Dim productOfTerms(List<Dim> amounts) {
        try {
            return bounded(Polynomial.product(amounts).toDim());
        } catch (ArithmeticException tooLarge) {
            return Dim.unknown();
        }
    }

    /// With every symbol that `replacement` knows replaced, and canonical again.
    public static Dim substitute(Dim dim, Function<String, Optional<Dim>> replacement) {
        return switch (dim) {
            case Dim.Fixed f -> f;
            case Dim.Unknown u -> u;
            case Dim.Symbol s -> replacement.apply(s.name()).orElse(s);
            case Dim.Expr e -> {
                Dim a = substitute(e.left(), replacement);
                Dim b = substitute(e.right(), replacement);
                yield a == e.left() && b == e.right() ? e : apply(e.op(), a, b);
            }
        };
    }

    /// With the symbols among `sizes` replaced by their sizes.
    public static Dim substitute(Dim dim, Map<String, Long> sizes) {
        return sizes.isEmpty()
                ? dim
                : substitute(dim, name -> Optional.ofNullable(sizes.get(name)).map(Dim::of));
    }

    /// `left op right` by this arithmetic.
    public static Dim apply(Dim.Op op, Dim left, Dim right) {
        return switch (op) {
            case ADD -> add(left, right);
            case MUL -> mul(left, right);
            case FLOOR_DIV -> floorDiv(left, right);
            case CEIL_DIV -> ceilDiv(left, right);
            case MOD -> mod(left, right);
            case MIN -> min(left, right);
            case MAX -> max(left, right);
        };
    }

    /// Whether both are known and certainly the same amount.
    public static boolean same(Dim a, Dim b) {
        return !(a instanceof Dim.Unknown) && a.equals(b);
    }

    /// Whether the amount is ≥ 0 whatever the named dimensions are, as far as its coefficients show.
    public static boolean nonNegative(Dim dim) {
        return switch (dim) {
            case Dim.Fixed f -> f.size() >= 0;
            case Dim.Symbol s -> true;
            case Dim.Unknown u -> false;
            case Dim.Expr e -> Polynomial.of(e).nonNegative();
        };
    }

    /// Floor division by k > 0, in the one form that all equal quotients share: whole multiples of k leave the
    /// division, common factors cancel, and floor((floor(a/b) + c) / k) = floor((a + b·c) / (b·k)).
    private static Dim floorDiv(Polynomial p, long k) {
        Map<List<Dim>, Long> whole = new HashMap<>();
        Map<List<Dim>, Long> rest = new HashMap<>();
        long common = k;
        for (Polynomial.Term t : p.terms()) {
            whole.put(t.atoms(), Math.floorDiv(t.coefficient(), k));
            long r = Math.floorMod(t.coefficient(), k);
            rest.put(t.atoms(), r);
            common = t.atoms().isEmpty() ? common : Polynomial.gcd(common, r);
        }
        Dim outside = Polynomial.collected(whole).toDim();
        Polynomial r = Polynomial.collected(rest);
        if (r.isConstant()) {
            return outside;
        }
        if (common > 1) {
            long g = common;
            rest.replaceAll((atoms, c) -> Math.floorDiv(c, g));
            return add(outside, floorDiv(Polynomial.collected(rest), k / g));
        }
        Polynomial.Term first = r.terms().getFirst();
        boolean plusConstantOnly = r.terms().size() == 1
                || (r.terms().size() == 2 && r.terms().get(1).atoms().isEmpty());
        if (plusConstantOnly
                && first.coefficient() == 1
                && first.atoms().size() == 1
                && first.atoms().getFirst() instanceof Dim.Expr(Dim.Op op, Dim a, Dim.Fixed(long b))
                && op == Dim.Op.FLOOR_DIV) {
            Dim inner = add(a, Math.multiplyExact(b, r.constant()));
            return add(outside, floorDiv(inner, Math.multiplyExact(b, k)));
        }
        return add(outside, new Dim.Expr(Dim.Op.FLOOR_DIV, r.toDim(), Dim.of(k)));
    }

    private static Dim pick(Dim a, Dim b, Dim.Op op) {
        return exact(a, b, (p, q) -> {
            if (p.equals(q)) {
                return p.toDim();
            }
            boolean larger = p.plus(q, -1).nonNegative();
            if (larger || q.plus(p, -1).nonNegative()) {
                return (larger == (op == Dim.Op.MAX) ? p : q).toDim();
            }
            Dim x = p.toDim();
            Dim y = q.toDim();
            if (absorbs(x, y, op)) {
                return x;
            }
            if (absorbs(y, x, op)) {
                return y;
            }
            return Polynomial.ATOM_ORDER.compare(x, y) <= 0 ? new Dim.Expr(op, x, y) : new Dim.Expr(op, y, x);
        });
    }

    /// max(x, min(x, …)) and min(x, max(x, …)) are x; max(x, max(x, …)) is the inner one, so x and y are swapped.
    private static boolean absorbs(Dim x, Dim y, Dim.Op op) {
        if (y instanceof Dim.Expr e && (e.op() == Dim.Op.MIN || e.op() == Dim.Op.MAX) && e.op() != op) {
            return e.left().equals(x) || e.right().equals(x);
        }
        return x instanceof Dim.Expr e
                && e.op() == op
                && (e.left().equals(y) || e.right().equals(y));
    }

    private interface Exact {
        Dim of(Polynomial a, Polynomial b);
    }

    private static Dim exact(Dim a, Dim b, Exact operation) {
        if (a instanceof Dim.Unknown || b instanceof Dim.Unknown) {
            return Dim.unknown();
        }
        try {
            return bounded(operation.of(Polynomial.of(a), Polynomial.of(b)));
        } catch (ArithmeticException beyond64Bits) {
            return Dim.unknown();
        }
    }

    private static Dim bounded(Dim d) {
        return d instanceof Dim.Expr && DimTerms.left(d, LARGEST) < 0 ? Dim.unknown() : d;
    }

    private static boolean isZero(Dim d) {
        return d instanceof Dim.Fixed(long size) && size == 0;
    }
}
