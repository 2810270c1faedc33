package dev.lathe.graph.op.custom;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Pixels as a compressed image file; how long it becomes depends on the data.
public final class EncodeImage implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft.extensions", "EncodeImage", 1)
            .in("image", "uint8")
            .out("encoded", "uint8")
            .attr("format", "jpg")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, List.of(c.named(0, 0)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
