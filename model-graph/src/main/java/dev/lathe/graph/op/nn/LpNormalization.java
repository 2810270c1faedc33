package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Division by the p-norm along an axis: 3 per element.
public final class LpNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("LpNormalization", 1, 22)
            .in("input", "T")
            .out("output", "T")
            .attr("axis", -1L)
            .attr("p", 2L)
            .oneOf("1", "2")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        c.dims(0).ifPresent(d -> {
            long axis = c.attrs().intOr("axis", -1);
            if (axis < -d.size() || axis >= d.size()) {
                c.contradiction("axis " + axis + " lies outside a rank of " + d.size());
            }
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
