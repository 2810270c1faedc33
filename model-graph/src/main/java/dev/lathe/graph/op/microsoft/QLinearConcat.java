package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
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

/// Quantized tensors joined along an axis, each rescaled: 5 per element.
public final class QLinearConcat implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearConcat", 1)
            .in("Y_scale", "TF")
            .in("Y_zero_point", "T8")
            .manyIn("inputs", "")
            .out("Y", "T8")
            .required("axis", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim total = Dim.of(0);
        List<Dim> out = new ArrayList<>();
        for (int i = 2; i < c.inputs(); i += 3) {
            if (c.dims(i).isEmpty()) {
                return;
            }
            List<Dim> dims = c.dims(i).get();
            Optional<Integer> axis = Axes.of(c, c.attrs().intOr("axis", 1), dims.size());
            if (axis.isEmpty()) {
                return;
            }
            Sizes sizes = Sizes.atLoading(c).rank(2, dims.size());
            for (int d = 0; d < dims.size(); d++) {
                sizes = d == axis.get() ? sizes : sizes.same(i, d, 2, d);
            }
            if (!sizes.fit()) {
                return;
            }
            total = DimMath.add(total, dims.get(axis.get()));
            out = new ArrayList<>(dims);
            out.set(axis.get(), total);
        }
        c.output(0, c.dtype(1), Shape.of(out));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 5);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
