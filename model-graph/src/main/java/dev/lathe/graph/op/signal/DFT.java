package dev.lathe.graph.op.signal;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Transforms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Discrete Fourier transform along an axis, costed as a fast one ([Transforms]).
public final class DFT implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("DFT", 17, 20)
            .in("input", "T1")
            .optIn("dft_length", "T2")
            .optIn("axis", "int64")
            .out("output", "T1")
            .attr("axis", 1L)
            .attr("inverse", 0L)
            .attr("onesided", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.scalars(c, 1, 2);
        c.dims(0).filter(d -> d.size() >= 2).ifPresent(dims -> {
            Optional<List<Long>> given =
                    c.has(2) ? c.numbers(2) : Optional.of(List.of(c.attrs().intOr("axis", c.opset() < 20 ? 1 : -2)));
            boolean half = c.attrs().intOr("onesided", 0) != 0;
            boolean inverse = c.attrs().intOr("inverse", 0) != 0;
            List<Dim> out = new ArrayList<>(dims);
            // Half a spectrum goes back to a real signal of twice its length, less the two ends.
            out.set(dims.size() - 1, Dim.of(half && inverse ? 1 : 2));
            if (given.isEmpty()) {
                boolean same = !half && !c.has(1);
                out.subList(0, out.size() - 1).replaceAll(d -> same ? d : Dim.unknown());
                c.output(0, out);
            }
            Dim parts = dims.getLast();
            if (half && parts instanceof Dim.Fixed(long n) && n != (inverse ? 2 : 1)) {
                c.misfit(
                        inverse
                                ? "half a spectrum must be complex: its last axis is " + n + ", not 2"
                                : "half a spectrum is one of a real signal: its last axis is " + n + ", not 1");
                return;
            }
            given.flatMap(a -> Axes.of(c, a.getFirst(), dims.size())).ifPresent(axis -> {
                if (axis == dims.size() - 1) {
                    c.misfit("axis " + axis + " is the one of real and imaginary parts");
                    return;
                }
                Dim length = c.has(1)
                        ? c.elements(1)
                                .filter(e -> e.size() == 1)
                                .map(List::getFirst)
                                .orElse(Dim.unknown())
                        : half && inverse ? DimMath.mul(DimMath.sub(dims.get(axis), 1), 2) : dims.get(axis);
                out.set(axis, half && !inverse ? DimMath.add(DimMath.floorDiv(length, 2), 1) : length);
                c.output(0, out);
            });
        });
        Sizes.atRun(c)
                .require(
                        !(Sizes.of(c, 0, -1) instanceof Dim.Fixed(long parts) && parts != 1 && parts != 2),
                        () -> "the last axis of its input has 1 number, or 2 for complex ones, and is "
                                + Sizes.of(c, 0, -1));
    }

    @Override
    public OpCost cost(CostContext c) {
        if (!(c.output(0).shape() instanceof Shape.Ranked(List<Dim> out)) || out.size() < 2) {
            return OpCost.UNKNOWN;
        }
        Optional<Long> given = c.has(2)
                ? c.elements(2).flatMap(e -> e.stream().findFirst()).flatMap(DFT::number)
                : Optional.of(c.attrs().intOr("axis", c.opset() < 20 ? 1 : -2));
        if (given.isEmpty()) {
            return OpCost.UNKNOWN;
        }
        int axis = (int) Math.floorMod(given.get(), (long) out.size());
        boolean half = c.attrs().intOr("onesided", 0) != 0;
        boolean inverse = c.attrs().intOr("inverse", 0) != 0;
        Dim points = half && !inverse ? length(c, axis) : out.get(axis);
        List<Dim> others = new ArrayList<>(out.subList(0, out.size() - 1));
        others.remove(axis);
        return Transforms.of(
                DimMath.product(others), points, half || c.dim(0, -1).equals(Dim.of(1)));
    }

    /// How many points of the signal are transformed: so many as are asked for, or all.
    private static Dim length(CostContext c, int axis) {
        return c.has(1) ? c.elements(1).flatMap(e -> e.stream().findFirst()).orElse(Dim.unknown()) : c.dim(0, axis);
    }

    private static Optional<Long> number(Dim d) {
        return d instanceof Dim.Fixed(long n) ? Optional.of(n) : Optional.empty();
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
