package dev.lathe.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The extents of a tensor: a list of dimensions, or not even the rank known.
public sealed interface Shape {
    /// More axes are neither read nor inferred: every node behind a value may repeat its shape, so that one with an
    /// axis for each few bytes of a file would take too long.
    int MOST_AXES = 1024;

    /// Known rank (0 for a scalar).
    record Ranked(List<Dim> dims) implements Shape {
        public Ranked {
            dims = List.copyOf(dims);
        }

        @Override
        public String toString() {
            StringBuilder b = new StringBuilder("[");
            for (int i = 0; i < dims.size(); i++) {
                b.append(i == 0 ? "" : ", ").append(dims.get(i));
            }
            return b.append(']').toString();
        }
    }

    /// Unknown rank.
    record Unranked() implements Shape {
        @Override
        public String toString() {
            return "[...]";
        }
    }

    static Shape of(long... sizes) {
        List<Dim> dims = new ArrayList<>(sizes.length);
        for (long s : sizes) {
            dims.add(Dim.of(s));
        }
        return new Ranked(dims);
    }

    static Shape of(List<Dim> dims) {
        return new Ranked(dims);
    }

    static Shape unranked() {
        return new Unranked();
    }

    default OptionalInt rank() {
        return this instanceof Ranked r ? OptionalInt.of(r.dims().size()) : OptionalInt.empty();
    }

    /// Number of elements when every dimension is fixed; empty otherwise, and when it does not fit 64 bits.
    default OptionalLong elements() {
        if (!(this instanceof Ranked r)) {
            return OptionalLong.empty();
        }
        long product = 1;
        for (Dim d : r.dims()) {
            OptionalLong size = d.fixed();
            if (size.isEmpty() || size.getAsLong() < 0) {
                return OptionalLong.empty();
            }
            long high = Math.multiplyHigh(product, size.getAsLong());
            product *= size.getAsLong();
            if (high != 0 || product < 0) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(product);
    }
}
