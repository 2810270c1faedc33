package dev.lathe.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A sum of integer multiples of products of atoms (symbols and divisions, remainders, minima, maxima): the
/// canonical form behind [DimMath]. Terms are sorted by degree, then by their atoms; coefficients are never 0.
record Polynomial(List<Term> terms) {

    /// `coefficient · atoms…`, the atoms sorted and repeated for powers; no atoms for the constant term.
    record Term(long coefficient, List<Dim> atoms) {}

    static final Polynomial ZERO = new Polynomial(List.of());

    /// Symbols before expressions, then by name or structure: any total order that everybody shares will do.
    static final Comparator<Dim> ATOM_ORDER = Polynomial::compareAtoms;

    /// More atoms first, then the smaller atom first: a monomial order, so that division may rely on it.
    private static final Comparator<List<Dim>> MONOMIAL_ORDER = (a, b) -> {
        if (a.size() != b.size()) {
            return Integer.compare(b.size(), a.size());
        }
        for (int i = 0; i < a.size(); i++) {
            int c = compareAtoms(a.get(i), b.get(i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    };

    /// A division is tried for at most so many steps: exact quotients of shapes have few terms.
    private static final int DIVISION_STEPS = 64;

    static Polynomial of(long constant) {
        return constant == 0 ? ZERO : new Polynomial(List.of(new Term(constant, List.of())));
    }

    static Polynomial ofAtom(Dim atom) {
        return new Polynomial(List.of(new Term(1, List.of(atom))));
    }

    /// Reads a dimension in one pass over its names and numbers; a canonical one needs no sorting either.
    ///
    /// @throws ArithmeticException when a coefficient does not fit 64 bits
    static Polynomial of(Dim dim) {
        return switch (dim) {
            case Dim.Fixed f -> of(f.size());
            case Dim.Symbol s -> ofAtom(s);
            case Dim.Expr e when e.op() == Dim.Op.ADD -> ofSum(e);
            case Dim.Expr e when e.op() == Dim.Op.MUL -> product(List.of(e));
            case Dim.Expr e -> ofAtom(e);
            case Dim.Unknown u -> throw new IllegalArgumentException("an unknown amount has no polynomial");
        };
    }

    private static Polynomial ofSum(Dim.Expr sum) {
        List<Term> terms = new ArrayList<>();
        parts(sum, part -> terms.addAll(of(part).terms));
        return sorted(terms);
    }

    /// The product of dimensions, of which many may be names.
    ///
    /// @throws ArithmeticException when a coefficient does not fit 64 bits or there are too many terms
    static Polynomial product(Iterable<Dim> factors) {
        List<Dim> atoms = new ArrayList<>();
        List<Dim.Expr> sums = new ArrayList<>();
        long coefficient = 1;
        for (Dim factor : factors) {
            coefficient = Math.multiplyExact(coefficient, factors(factor, atoms, sums));
        }
        if (coefficient == 0) {
            return ZERO;
        }
        atoms.sort(ATOM_ORDER);
        Polynomial single = new Polynomial(List.of(new Term(coefficient, List.copyOf(atoms))));
        if (sums.isEmpty()) {
            return single;
        }
        Polynomial product = of(1);
        for (Dim.Expr sum : sums) {
            product = product.times(of(sum));
            if (product.terms.stream().mapToLong(t -> t.atoms().size()).sum() > DimMath.LARGEST) {
                throw new ArithmeticException("a product of many names");
            }
        }
        return product.times(single);
    }

    /// Takes a product apart into its number, which it returns, its atoms and its sums. Most are a few names: shapes
    /// and costs of large models are made of millions of them.
    private static long factors(Dim dim, List<Dim> atoms, List<Dim.Expr> sums) {
        long coefficient = 1;
        Dim rest = dim;
        while (rest instanceof Dim.Expr e && e.op() == Dim.Op.MUL) {
            // Chains are long on their left side only.
            coefficient = Math.multiplyExact(coefficient, factors(e.right(), atoms, sums));
            rest = e.left();
        }
        switch (rest) {
            case Dim.Fixed f -> coefficient = Math.multiplyExact(coefficient, f.size());
            case Dim.Expr e when e.op() == Dim.Op.ADD -> sums.add(e);
            case Dim.Symbol s -> atoms.add(s);
            case Dim.Expr e -> atoms.add(e);
            case Dim.Unknown u -> throw new IllegalArgumentException("an unknown amount has no polynomial");
        }
        return coefficient;
    }

    /// The parts of a sum from left to right. Chains are long on their left side only.
    private static void parts(Dim.Expr whole, Consumer<Dim> part) {
        Deque<Dim> rights = new ArrayDeque<>();
        Dim rest = whole;
        while (rest instanceof Dim.Expr e && e.op() == Dim.Op.ADD) {
            rights.push(e.right());
            rest = e.left();
        }
        part.accept(rest);
        for (Dim right : rights) {
            if (right instanceof Dim.Expr e && e.op() == Dim.Op.ADD) {
                parts(e, part);
            } else {
                part.accept(right);
            }
        }
    }

    /// The sum of terms in any order.
    private static Polynomial sorted(List<Term> terms) {
        for (int i = 1; i < terms.size(); i++) {
            if (MONOMIAL_ORDER.compare(terms.get(i - 1).atoms(), terms.get(i).atoms()) >= 0) {
                Map<List<Dim>, Long> collected = new HashMap<>();
                terms.forEach(t -> collected.merge(t.atoms(), t.coefficient(), Math::addExact));
                return collected(collected);
            }
        }
        return new Polynomial(terms);
    }

    Dim toDim() {
        Dim sum = null;
        for (Term t : terms) {
            Dim product = null;
            for (Dim atom : t.atoms()) {
                product = product == null ? atom : new Dim.Expr(Dim.Op.MUL, product, atom);
            }
            Dim whole = product == null
                    ? Dim.of(t.coefficient())
                    : t.coefficient() == 1 ? product : new Dim.Expr(Dim.Op.MUL, Dim.of(t.coefficient()), product);
            sum = sum == null ? whole : new Dim.Expr(Dim.Op.ADD, sum, whole);
        }
        return sum == null ? Dim.of(0) : sum;
    }

    /// `this + factor · other`.
    Polynomial plus(Polynomial other, long factor) {
        List<Term> sum = new ArrayList<>(terms.size() + other.terms.size());
        int i = 0;
        int j = 0;
        while (i < terms.size() || j < other.terms.size()) {
            int order = i == terms.size()
                    ? 1
                    : j == other.terms.size()
                            ? -1
                            : MONOMIAL_ORDER.compare(
                                    terms.get(i).atoms(), other.terms.get(j).atoms());
            if (order < 0) {
                sum.add(terms.get(i++));
            } else if (order > 0) {
                Term t = other.terms.get(j++);
                sum.add(new Term(Math.multiplyExact(t.coefficient(), factor), t.atoms()));
            } else {
                Term t = terms.get(i++);
                long c = Math.addExact(
                        t.coefficient(), Math.multiplyExact(other.terms.get(j++).coefficient(), factor));
                if (c != 0) {
                    sum.add(new Term(c, t.atoms()));
                }
            }
        }
        return new Polynomial(sum);
    }

    /// @throws ArithmeticException when a coefficient does not fit 64 bits or there are too many terms
    Polynomial times(Polynomial other) {
        if (terms.size() == 1 && other.terms.size() == 1) {
            return new Polynomial(List.of(times(terms.getFirst(), other.terms.getFirst())));
        }
        if ((long) terms.size() * other.terms.size() > DimMath.LARGEST) {
            throw new ArithmeticException("a product of " + terms.size() + " by " + other.terms.size() + " terms");
        }
        Map<List<Dim>, Long> collected = new HashMap<>();
        for (Term a : terms) {
            for (Term b : other.terms) {
                Term t = times(a, b);
                collected.merge(t.atoms(), t.coefficient(), Math::addExact);
            }
        }
        return collected(collected);
    }

    /// Sorts what was summed up by monomial, leaving out what cancelled.
    static Polynomial collected(Map<List<Dim>, Long> coefficients) {
        List<Term> out = new ArrayList<>(coefficients.size());
        coefficients.forEach((atoms, c) -> {
            if (c != 0) {
                out.add(new Term(c, atoms));
            }
        });
        out.sort(Comparator.comparing(Term::atoms, MONOMIAL_ORDER));
        return new Polynomial(out);
    }

    private static Term times(Term a, Term b) {
        long c = Math.multiplyExact(a.coefficient(), b.coefficient());
        if (a.atoms().isEmpty()) {
            return new Term(c, b.atoms());
        }
        if (b.atoms().isEmpty()) {
            return new Term(c, a.atoms());
        }
        List<Dim> atoms = new ArrayList<>(a.atoms());
        atoms.addAll(b.atoms());
        atoms.sort(ATOM_ORDER);
        return new Term(c, List.copyOf(atoms));
    }

    /// The quotient when `divisor` divides this without remainder, by long division in the monomial order.
    Optional<Polynomial> dividedBy(Polynomial divisor) {
        if (divisor.terms.isEmpty()) {
            return Optional.empty();
        }
        Term lead = divisor.terms.getFirst();
        Polynomial rest = this;
        Polynomial quotient = ZERO;
        for (int step = 0; step < DIVISION_STEPS; step++) {
            if (rest.terms.isEmpty()) {
                return Optional.of(quotient);
            }
            Term top = rest.terms.getFirst();
            Optional<List<Dim>> atoms = without(top.atoms(), lead.atoms());
            if (atoms.isEmpty() || top.coefficient() % lead.coefficient() != 0) {
                return Optional.empty();
            }
            Polynomial part =
                    new Polynomial(List.of(new Term(top.coefficient() / lead.coefficient(), atoms.orElseThrow())));
            quotient = quotient.plus(part, 1);
            rest = rest.plus(part.times(divisor), -1);
        }
        return Optional.empty();
    }

    private static Optional<List<Dim>> without(List<Dim> atoms, List<Dim> removed) {
        if (removed.isEmpty()) {
            return Optional.of(atoms);
        }
        List<Dim> left = new ArrayList<>(atoms);
        for (Dim r : removed) {
            if (!left.remove(r)) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(left));
    }

    boolean isConstant() {
        return terms.isEmpty() || (terms.size() == 1 && terms.getFirst().atoms().isEmpty());
    }

    long constant() {
        Term last = terms.isEmpty() ? new Term(0, List.of()) : terms.getLast();
        return last.atoms().isEmpty() ? last.coefficient() : 0;
    }

    /// Whether this is ≥ 0 for every choice of sizes ≥ 0, as far as the coefficients show.
    boolean nonNegative() {
        return terms.stream()
                .allMatch(t -> t.coefficient() > 0 && t.atoms().stream().allMatch(Polynomial::nonNegative));
    }

    private static boolean nonNegative(Dim atom) {
        return switch (atom) {
            case Dim.Fixed f -> f.size() >= 0;
            case Dim.Symbol s -> true;
            case Dim.Unknown u -> false;
            case Dim.Expr e ->
                switch (e.op()) {
                    case ADD, MUL, FLOOR_DIV, CEIL_DIV, MIN -> positive(e.left()) && positive(e.right());
                    case MAX -> positive(e.left()) || positive(e.right());
                    case MOD -> positive(e.right());
                };
        };
    }

    private static boolean positive(Dim dim) {
        return !(dim instanceof Dim.Unknown) && of(dim).nonNegative();
    }

    /// The greatest common divisor of two coefficients, of which the second may be 0.
    static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static int compareAtoms(Dim a, Dim b) {
        if (a instanceof Dim.Symbol x && b instanceof Dim.Symbol y) {
            return x.name().compareTo(y.name());
        }
        if (a instanceof Dim.Fixed x && b instanceof Dim.Fixed y) {
            return Long.compare(x.size(), y.size());
        }
        if (a instanceof Dim.Expr x && b instanceof Dim.Expr y) {
            int c = x.op().compareTo(y.op());
            c = c != 0 ? c : compareAtoms(x.left(), y.left());
            return c != 0 ? c : compareAtoms(x.right(), y.right());
        }
        return Integer.compare(kind(a), kind(b));
    }

    private static int kind(Dim d) {
        return switch (d) {
            case Dim.Symbol s -> 0;
            case Dim.Expr e -> 1;
            case Dim.Fixed f -> 2;
            case Dim.Unknown u -> 3;
        };
    }
}
