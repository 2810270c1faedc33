package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The input with a border; negative pads cut.
public final class Pad implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Pad", 1, 2, 11, 13, 18, 19, 21, 23, 24, 25)
            .in("data", "T")
            .optIn("pads", "int64")
            .optIn("constant_value", "T")
            .optIn("axes", "Tind")
            .out("output", "T")
            .attr("mode", "constant")
            .oneOf("constant", "reflect", "edge", "wrap")
            .attr("paddings", AttrSpec.Kind.INTS)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("value", 0.0f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.constant(1).isPresent()) {
            Sizes.atLoading(c).rank(1, 1);
        } else if (c.dims(1).filter(d -> d.size() != 1).isPresent()) {
            // When it runs a row will do.
            Sizes.atRun(c).rank(1, 2).extent(1, 0, Dim.of(1));
        }
        Sizes.atRun(c).rank(3, 1);
        Optional<List<Dim>> pads = c.attrs()
                .ints("pads")
                .or(() -> c.attrs().ints("paddings"))
                .map(p -> p.stream().map(Dim::of).toList());
        if (pads.isEmpty() && c.has(1)) {
            pads = c.elements(1);
        }
        Optional<List<Dim>> dims = c.dims(0);
        boolean fits = fits(c, pads, c.has(3) ? Axes.count(c, 3) : dims.map(List::size));
        if (dims.isEmpty()) {
            return;
        }
        int rank = dims.get().size();
        Optional<List<Integer>> axes = c.has(3) ? Axes.given(c, 3, rank) : Optional.of(List.of());
        if (!fits || pads.isEmpty() || axes.isEmpty()) {
            c.output(0, Rules.unknownDims(rank));
            return;
        }
        List<Dim> out = new ArrayList<>(dims.get());
        int n = pads.get().size() / 2;
        for (int i = 0; i < n; i++) {
            int axis = c.has(3) ? axes.get().get(i) : i;
            out.set(
                    axis,
                    DimMath.add(
                            out.get(axis),
                            DimMath.add(pads.get().get(i), pads.get().get(i + n))));
        }
        c.output(0, out);
    }

    /// Whether there are two numbers for each of the axes, as far as both are known.
    private static boolean fits(InferContext c, Optional<List<Dim>> pads, Optional<Integer> axes) {
        Optional<Integer> numbers = pads.map(List::size).or(() -> Axes.count(c, 1));
        boolean fits = numbers.isEmpty() || axes.isEmpty() || numbers.get() == 2 * axes.get();
        if (!fits) {
            c.misfitOf(1, numbers.get() + " pads are given for " + axes.get() + " axes: two for each");
        }
        return fits;
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
