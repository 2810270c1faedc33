package dev.lathe.graph.op.math;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.WholeNumbers;
import java.util.Set;

/// Logical exclusive or, broadcast.
public final class Xor implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Xor", 1, 7)
            .in("A", "bool")
            .in("B", "bool")
            .out("C", "bool")
            .attr("axis", AttrSpec.Kind.INT)
            .attr("broadcast", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Broadcast.fold(c, (x, y) -> WholeNumbers.compare(x, y, (a, b) -> a != b));
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
