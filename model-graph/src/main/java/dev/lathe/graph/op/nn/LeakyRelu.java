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

/// x, or a small multiple of it where negative: a comparison and a product.
public final class LeakyRelu implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("LeakyRelu", 1, 6, 16)
            .in("X", "T")
            .out("Y", "T")
            .attr("alpha", 0.01f)
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
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
