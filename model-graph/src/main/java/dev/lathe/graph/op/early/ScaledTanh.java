package dev.lathe.graph.op.early;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// α · tanh(βx): tanh and two products, 6 per element. Kernels want both numbers.
public final class ScaledTanh implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ScaledTanh", 1, 10)
            .in("input", "T")
            .out("output", "T")
            .required("alpha", AttrSpec.Kind.FLOAT)
            .required("beta", AttrSpec.Kind.FLOAT)
            .deprecated(10)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2 + CostRules.TRANSCENDENTAL);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
