package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All windows of a size along an axis, with a step, as one more axis at the end.
public final class UnfoldTensor implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "UnfoldTensor", 1)
            .in("input", "T")
            .out("output", "T")
            .attr("dim", -1L)
            .required("size", AttrSpec.Kind.INT)
            .attr("step", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Integer> axis = Axes.attr(c, "dim", -1);
        if (axis.isEmpty()) {
            return;
        }
        long size = c.attrs().intOr("size", 1);
        long step = c.attrs().intOr("step", 1);
        List<Dim> out = new ArrayList<>(c.dims(0).orElseThrow());
        Dim whole = out.get(axis.get());
        if (step <= 0 || whole instanceof Dim.Fixed(long n) && size > n) {
            c.misfit("windows of " + size + " in steps of " + step + " do not fit into a size of " + whole);
            return;
        }
        out.set(axis.get(), DimMath.add(DimMath.floorDiv(DimMath.sub(whole, size), step), 1));
        out.add(Dim.of(size));
        c.output(0, out);
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
