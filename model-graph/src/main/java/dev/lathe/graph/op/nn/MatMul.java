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

/// Matrix product, batched and broadcast as in NumPy.
public final class MatMul implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MatMul", 1, 9, 13)
            .in("A", "T")
            .in("B", "T")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 1);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
