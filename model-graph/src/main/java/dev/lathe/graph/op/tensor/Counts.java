package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.SmallTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Extents that depend on data, counted where the data is constant; to a runtime that loads the model they are open.
public final class Counts {
    private Counts() {}

    /// How many elements of an input are not zero.
    static Optional<Dim> nonZero(InferContext c, int input) {
        return told(c, counted(c, input));
    }

    private static Optional<Dim> told(InferContext c, Optional<Dim> count) {
        count.ifPresent(n -> c.beyondLoading());
        return count;
    }

    private static Optional<Dim> counted(InferContext c, int input) {
        return c.numbers(input)
                .map(all -> all.stream().filter(n -> n != 0).count())
                .or(() -> c.input(input)
                        .fractions()
                        .map(all -> all.stream().filter(n -> n != 0).count()))
                .map(Dim::of);
    }

    /// How many different parts an input has along `axis`, or different elements without one.
    public static Optional<Dim> distinct(InferContext c, int input, Optional<Integer> axis) {
        return told(c, different(c, input, axis));
    }

    private static Optional<Dim> different(InferContext c, int input, Optional<Integer> axis) {
        Optional<List<Long>> numbers = c.numbers(input);
        Optional<List<Double>> fractions = c.input(input).fractions();
        if (fractions.isPresent() && axis.isEmpty()) {
            return fractions.map(all -> Dim.of(all.stream().distinct().count()));
        }
        if (numbers.isEmpty() || axis.isEmpty()) {
            return numbers.map(all -> Dim.of(all.stream().distinct().count()));
        }
        return SmallTensor.of(c.input(input))
                .map(t -> Dim.of(parts(t, axis.get()).size()));
    }

    /// In one pass: each element belongs to the part of its place along the axis.
    private static Set<List<Dim>> parts(SmallTensor t, int axis) {
        int extent = t.dims().get(axis).intValue();
        long inner = t.strides()[axis];
        List<List<Dim>> parts = new ArrayList<>(extent);
        for (int i = 0; i < extent; i++) {
            parts.add(new ArrayList<>());
        }
        for (int at = 0; at < t.elements().size(); at++) {
            parts.get((int) (at / inner % extent)).add(t.elements().get(at));
        }
        return new HashSet<>(parts);
    }
}
