package dev.lathe.graph.op.signal;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Transforms;
import java.util.List;
import java.util.Set;

/// Short-time Fourier transform: frames along the signal, each transformed and costed as a fast one ([Transforms]).
public final class STFT implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("STFT", 17)
            .in("signal", "T1")
            .in("frame_step", "T2")
            .optIn("window", "T1")
            .optIn("frame_length", "T2")
            .out("output", "T1")
            .attr("onesided", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.scalars(c, 3);
        if (c.constant(2).isPresent()) {
            Sizes.atLoading(c).rank(2, 1);
        }
        c.numbers(3)
                .filter(n ->
                        n.size() == 1 && c.dims(2).filter(w -> w.size() == 1).isPresent())
                .ifPresent(n -> (c.constant(2).isPresent() && c.constant(3).isPresent()
                                ? Sizes.atLoading(c)
                                : Sizes.atRun(c))
                        .extent(2, 0, Dim.of(n.getFirst())));
        Sizes.atRun(c)
                .count(1, Dim.of(1))
                .ranks(0, 2, 3)
                .require(
                        c.dims(0).filter(d -> d.size() == 3).isEmpty()
                                || !(Sizes.of(c, 0, 2) instanceof Dim.Fixed(long parts) && parts != 1 && parts != 2),
                        () -> "the last axis of its signal has 1 number, or 2 for complex ones, and is "
                                + Sizes.of(c, 0, 2))
                .require(c.has(2) || c.has(3), () -> "neither a window nor the length of frames is given");
        Dim told = c.elements(1).map(List::getFirst).orElse(Dim.unknown());
        boolean forward = !(told instanceof Dim.Fixed(long n) && n <= 0);
        if (!forward) {
            c.contradiction("frames cannot follow each other by a step of " + told);
        }
        Dim step = forward ? told : Dim.unknown();
        Dim length = c.has(3)
                ? c.elements(3).map(List::getFirst).orElse(Dim.unknown())
                : c.dims(2).filter(d -> d.size() == 1).map(List::getFirst).orElse(Dim.unknown());
        if (length instanceof Dim.Fixed(long frame)
                && Sizes.of(c, 0, 1) instanceof Dim.Fixed(long all)
                && all < frame) {
            c.contradiction("a frame of " + frame + " is longer than the signal of " + all);
            return;
        }
        c.dims(0)
                .filter(d -> d.size() >= 2)
                .ifPresent(d -> c.output(
                        0,
                        List.of(
                                d.getFirst(),
                                DimMath.add(DimMath.floorDiv(DimMath.sub(d.get(1), length), step), 1),
                                c.attrs().intOr("onesided", 1) != 0
                                        ? DimMath.add(DimMath.floorDiv(length, 2), 1)
                                        : length,
                                Dim.of(2))));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim points =
                c.has(3) ? c.elements(3).flatMap(e -> e.stream().findFirst()).orElse(Dim.unknown()) : c.dim(2, 0);
        boolean real = c.attrs().intOr("onesided", 1) != 0
                || c.input(0).shape() instanceof Shape.Ranked(List<Dim> signal)
                        && (signal.size() == 2 || signal.getLast().equals(Dim.of(1)));
        return Transforms.of(DimMath.mul(c.outputDim(0, 0), c.outputDim(0, 1)), points, real);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
