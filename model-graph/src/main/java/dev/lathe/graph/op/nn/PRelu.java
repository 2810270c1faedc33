package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// x, or a learnt multiple of it where negative: a comparison and a product.
public final class PRelu implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("PRelu", 1, 6, 7, 9, 16)
            .in("X", "T")
            .in("slope", "T")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        if (c.opset() < 7) {
            // A vector stood for the channels.
            return;
        }
        // By the standard the slope is repeated only; runtimes repeat either.
        if (Broadcast.meet(c.shape(0), c.shape(1))) {
            c.output(0, Broadcast.of(c, c.shape(0), c.shape(1)));
        } else {
            c.contradiction("a slope of " + c.shape(1) + " cannot be broadcast to " + c.shape(0));
        }
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
