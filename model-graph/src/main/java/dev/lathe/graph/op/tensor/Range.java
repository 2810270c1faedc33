package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Extents;
import dev.lathe.graph.op.Floats;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.SmallTensor;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// start, start + delta, … below limit.
public final class Range implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Range", 11, 27)
            .in("start", "T")
            .in("limit", "T")
            .in("delta", "T")
            .out("output", "T")
            .attr("stash_type", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        progression(c);
    }

    /// Output 0 counts from input 0 to input 1 by input 2, or by 1 where there is none.
    public static void progression(InferContext c) {
        c.output(0, List.of(Dim.unknown()));
        for (int i = 0; i < 3; i++) {
            int axes = c.dims(i).map(List::size).orElse(0);
            // ONNX Runtime takes a vector of one, unless it is a constant.
            if (axes > 1 || axes == 1 && c.constant(i).isPresent()) {
                c.misfitOf(i, "start, limit and delta must be scalars; one has rank " + axes);
                return;
            }
        }
        if (c.has(2) && c.elements(2).filter(e -> e.equals(List.of(Dim.of(0)))).isPresent()) {
            c.contradiction("it counts in steps of 0");
            return;
        }
        Optional<Double> from = real(c, 0);
        Optional<Double> to = real(c, 1);
        Optional<Double> by = c.has(2) ? real(c, 2) : Optional.of(1.0);
        if (from.isPresent() && to.isPresent() && by.isPresent()) {
            double span = Floats.rounded(to.get() - from.get(), c.dtype(0));
            double count = Math.ceil(span / by.get());
            if (count < 1L << 53) {
                c.output(0, List.of(Dim.of((long) Math.max(count, 0))));
            }
            return;
        }
        Optional<Dim> start = c.elements(0).filter(e -> e.size() == 1).map(List::getFirst);
        Optional<Dim> limit = c.elements(1).filter(e -> e.size() == 1).map(List::getFirst);
        Optional<Dim> delta =
                c.has(2) ? c.elements(2).filter(e -> e.size() == 1).map(List::getFirst) : Optional.of(Dim.of(1));
        if (start.isPresent() && limit.isPresent() && delta.isPresent()) {
            Dim n = DimMath.ceilDiv(DimMath.sub(limit.get(), start.get()), delta.get());
            Dim count = Extents.atLeastZero(n);
            c.output(0, List.of(count));
            if (count instanceof Dim.Fixed(long size) && size <= SmallTensor.LIMIT && c.followsContents()) {
                List<Dim> all = new ArrayList<>((int) size);
                Dim next = start.get();
                for (long i = 0; i < size; i++) {
                    all.add(next);
                    next = DimMath.add(next, delta.get());
                }
                c.elements(0, all);
            }
        }
    }

    private static Optional<Double> real(InferContext c, int input) {
        return c.input(input).reals().filter(all -> all.size() == 1).map(List::getFirst);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
