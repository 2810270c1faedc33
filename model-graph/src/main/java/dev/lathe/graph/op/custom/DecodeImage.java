package dev.lathe.graph.op.custom;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A compressed image (JPEG, PNG, …) as pixels [height, width, 3]; its size depends on the data.
public final class DecodeImage implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft.extensions", "DecodeImage", 1)
            .in("encoded", "uint8")
            .out("image", "uint8")
            .attr("color_space", "bgr")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, List.of(c.named(0, 0), c.named(0, 1), Dim.of(3)));
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
