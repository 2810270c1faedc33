package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The input repeated a number of times along each axis.
public final class Tile implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Tile", 1, 6, 13)
            .in("input", "T")
            .in("tiles", "") // int64; in version 1 of the type of the input
            .optIn("axis", "")
            .out("output", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        // In version 1 a number and an axis stood there.
        if (!c.has(2)) {
            (c.constant(1).isPresent() ? Sizes.atLoading(c) : Sizes.atRun(c)).rank(1, 1);
        }
        c.dims(0).ifPresent(dims -> {
            // In version 1 a number and an axis stood there.
            Optional<Integer> given = c.has(2) ? Optional.empty() : Axes.count(c, 1);
            if (given.isPresent() && given.get() != dims.size()) {
                c.misfitOf(
                        1,
                        given.get() + " repeats are given for an input of rank " + dims.size() + ": one for each axis");
            }
            Optional<List<Dim>> repeats = c.elements(1).filter(r -> r.size() == dims.size());
            List<Dim> out = new ArrayList<>();
            for (int i = 0; i < dims.size(); i++) {
                out.add(
                        repeats.isPresent()
                                ? DimMath.mul(dims.get(i), repeats.get().get(i))
                                : Dim.unknown());
            }
            c.output(0, out);
        });
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
