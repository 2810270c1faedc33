package dev.lathe.graph.op.tensor;

import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A matrix: the axes before `axis` in one, the others in the other.
public final class Flatten implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Flatten", 1, 9, 11, 13, 21, 23, 24, 25)
            .in("input", "T")
            .out("output", "T")
            .attr("axis", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(d -> {
            int given = (int) c.attrs().intOr("axis", 1);
            int axis = given < 0 ? given + d.size() : given;
            if (given < 0 && c.opset() < 11) {
                c.misfit("axes cannot be negative before opset 11, and its axis is " + given);
                return;
            }
            if (axis < 0 || axis > d.size()) {
                c.misfit("axis " + given + " lies outside a rank of " + d.size());
                return;
            }
            c.output(0, List.of(DimMath.product(d.subList(0, axis)), DimMath.product(d.subList(axis, d.size()))));
        });
        Rules.keepElements(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.view(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW, Trait.CONSTANT_FOLDABLE);
    }
}
