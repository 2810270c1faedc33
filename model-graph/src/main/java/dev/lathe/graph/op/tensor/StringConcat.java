package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Strings joined pairwise, broadcast; no arithmetic.
public final class StringConcat implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("StringConcat", 20)
            .in("X", "string")
            .in("Y", "string")
            .out("Z", "string")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Broadcast.all(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
