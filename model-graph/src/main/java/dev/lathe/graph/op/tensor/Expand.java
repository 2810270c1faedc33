package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.Folds;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The input repeated along axes of extent 1 to fill a shape.
public final class Expand implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Expand", 8, 13)
            .in("input", "T")
            .in("shape", "int64")
            .out("output", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.constant(1).isEmpty()) {
            Sizes.atLoading(c).rank(1, 1);
        }
        if (c.elements(1)
                .filter(e -> e.stream().anyMatch(d -> d instanceof Dim.Fixed(long n) && n < 0))
                .isPresent()) {
            c.misfitOf(1, "a size of the shape that it expands to is below 0");
            return;
        }
        c.output(0, Broadcast.of(c, c.shape(0), Rules.shapeFrom(c.input(1))));
        Folds.expand(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.FREE.reading(CostContext.bytes(c.input(0)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
