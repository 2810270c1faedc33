package dev.lathe.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/// One dimension of a shape, or any integer amount that depends on dimensions (a cost): fixed, named, an
/// expression over named ones, or unknown. Build expressions through [DimMath], which keeps them in a
/// canonical form, so that equal amounts are equal.
public sealed interface Dim {

    /// A known extent, ≥ 0 in shapes.
    record Fixed(long size) implements Dim {
        /// Most numbers are small ones, in tensors that hold a thousand of them.
        private static final Fixed[] SMALL = new Fixed[1024];

        static {
            Arrays.setAll(SMALL, Fixed::new);
        }

        private static Fixed of(long size) {
            return size >= 0 && size < SMALL.length ? SMALL[(int) size] : new Fixed(size);
        }

        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /// A named dimension that the user may set, e.g. `batch`.
    record Symbol(String name) implements Dim {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Operators of [Expr]; division rounds as named.
    enum Op {
        ADD("+"),
        MUL("*"),
        FLOOR_DIV("floordiv"),
        CEIL_DIV("ceildiv"),
        MOD("mod"),
        MIN("min"),
        MAX("max");

        private final String text;

        Op(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// `left op right`, canonical when made by [DimMath].
    record Expr(Op op, Dim left, Dim right) implements Dim {
        @Override
        public String toString() {
            return switch (op) {
                case ADD, MUL -> "(" + left + " " + op.text() + " " + right + ")";
                case FLOOR_DIV, CEIL_DIV, MOD, MIN, MAX ->
                    op.text().toLowerCase(Locale.ROOT) + "(" + left + ", " + right + ")";
            };
        }
    }

    /// Nothing is known. Two unknowns are never assumed to be equal dimensions, although these records are
    /// equal.
    record Unknown() implements Dim {
        private static final Unknown INSTANCE = new Unknown();

        @Override
        public String toString() {
            return "?";
        }
    }

    static Dim of(long size) {
        return Fixed.of(size);
    }

    static Dim symbol(String name) {
        return new Symbol(name);
    }

    static Dim unknown() {
        return Unknown.INSTANCE;
    }

    /// The extent where it is fixed.
    default OptionalLong fixed() {
        return this instanceof Fixed f ? OptionalLong.of(f.size()) : OptionalLong.empty();
    }
}
