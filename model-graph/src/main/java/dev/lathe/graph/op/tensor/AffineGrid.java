package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Sampling places of an affine map over a given size: two (or three) products of 3 (or 4) per place.
public final class AffineGrid implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("AffineGrid", 20)
            .in("theta", "T1")
            .rank(3)
            .in("size", "int64")
            .rank(1)
            .out("grid", "T1")
            .attr("align_corners", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.vector(1).filter(s -> s.size() != 4 && s.size() != 5).isPresent()) {
            c.misfitOf(
                    1,
                    "its size must have 4 numbers, or 5 for volumes, and has "
                            + c.vector(1).get().size());
            return;
        }
        c.vector(1).filter(s -> s.size() >= 4).ifPresent(s -> {
            List<Dim> out = new ArrayList<>();
            out.add(s.getFirst());
            out.addAll(s.subList(2, s.size()));
            out.add(Dim.of(s.size() - 2));
            c.output(0, out);
        });
        c.vector(1)
                .filter(s -> s.size() == 4 || s.size() == 5)
                .ifPresent(s -> Sizes.atRun(c).shape(0, s.getFirst(), Dim.of(s.size() - 2), Dim.of(s.size() - 1)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), DimMath.add(c.outputDim(0, -1), 1)), Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
