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

    private static Set<List<Dim>> parts(SmallTensor t, int axis) {
        long extent = t.dims().get(axis);
        long inner = t.strides()[axis];
        Set<List<Dim>> parts = new HashSet<>();
        for (long i = 0; i < extent; i++) {
            List<Dim> part = new ArrayList<>();
            for (int at = 0; at < t.elements().size(); at++) {
                if (at / inner % extent == i) {
                    part.add(t.elements().get(at));
                }
            }
            parts.add(part);
        }
        return parts;
    }
}
