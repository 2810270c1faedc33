package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A copy to a device, which ONNX Runtime writes into the models that it saves for GPUs.
public final class MemcpyFromHost implements OpSpec {
    private static final Schema SCHEMA =
            Schema.onnx("MemcpyFromHost", 1).in("X", "T").out("Y", "T").build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.identity(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
