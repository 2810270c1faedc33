package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Slicing;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every `step`-th element from start to end along some axes; negative positions count from the end.
public final class Slice implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Slice", 1, 10, 11, 13)
            .in("data", "T")
            .optIn("starts", "Tind")
            .optIn("ends", "Tind")
            .optIn("axes", "Tind")
            .optIn("steps", "Tind")
            .out("output", "T")
            .attr("axes", AttrSpec.Kind.INTS)
            .attr("ends", AttrSpec.Kind.INTS)
            .attr("starts", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        cut(c);
        Sizes.atRun(c).rank(1, 1).rank(2, 1).same(2, 1).same(3, 1).same(4, 1);
    }

    private static void cut(InferContext c) {
        boolean attrs = c.attrs().has("starts");
        Optional<List<Dim>> starts = attrs ? numbers(c, "starts") : c.elements(1);
        Optional<List<Dim>> ends = attrs ? numbers(c, "ends") : c.elements(2);
        Optional<List<Long>> axes = attrs ? c.attrs().ints("axes") : c.has(3) ? c.numbers(3) : Optional.empty();
        Optional<List<Long>> steps = !attrs && c.has(4) ? c.numbers(4) : Optional.empty();
        if (c.dims(0).isPresent()
                && axes.isPresent()
                && axes.get().stream()
                                .map(a -> a < 0 ? a + c.dims(0).get().size() : a)
                                .distinct()
                                .count()
                        < axes.get().size()) {
            String sentence = "its axes " + axes.get() + " name one twice";
            if (attrs) {
                // ONNX Runtime loads this.
                c.contradiction(sentence);
            } else {
                c.misfitOf(3, sentence);
            }
            return;
        }
        if (axes.isPresent()
                && starts.isPresent()
                && axes.get().size() != starts.get().size()) {
            c.misfitOf(3, axes.get().size() + " axes and " + starts.get().size() + " starts are given");
            return;
        }
        if (starts.isPresent()
                && ends.isPresent()
                && starts.get().size() != ends.get().size()) {
            c.misfitOf(1, starts.get().size() + " starts and " + ends.get().size() + " ends are given");
            return;
        }
        Slicing.slice(c, new Slicing.Cut(starts, ends, axes, steps, !attrs && c.has(3), !attrs && c.has(4)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }

    private static Optional<List<Dim>> numbers(InferContext c, String attr) {
        return c.attrs().ints(attr).map(v -> v.stream().map(Dim::of).toList());
    }
}
