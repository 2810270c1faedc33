package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A blocked tensor enlarged by whole scales; linear costs 8 per output element, nearest 0.
public final class NchwcUpsample implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft.nchwc", "Upsample", 1)
            .in("X", "float32")
            .out("Y", "float32")
            .attr("coordinate_transformation_mode", "asymmetric")
            .attr("mode", "nearest")
            .attr("scales", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Long> scales = c.attrs().ints("scales").orElse(List.of());
        c.dims(0).ifPresent(d -> {
            if (!scales.isEmpty() && scales.size() != d.size()) {
                c.misfit("the attribute 'scales' has " + scales.size() + " numbers for " + d.size() + " axes");
                return;
            }
            List<Dim> out = new ArrayList<>(d);
            for (int i = 0; i < scales.size(); i++) {
                out.set(i, DimMath.mul(d.get(i), scales.get(i)));
            }
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return c.attrs().stringOr("mode", "nearest").equals("nearest") ? OpCost.FREE : CostRules.elementwise(c, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
