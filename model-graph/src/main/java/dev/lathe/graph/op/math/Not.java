package dev.lathe.graph.op.math;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.WholeNumbers;
import java.util.Set;

/// Logical negation.
public final class Not implements OpSpec {
    private static final Schema SCHEMA =
            Schema.onnx("Not", 1).in("X", "bool").out("Y", "bool").build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.map(c, d -> WholeNumbers.compare(d, Dim.of(0), (a, b) -> a == b));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
