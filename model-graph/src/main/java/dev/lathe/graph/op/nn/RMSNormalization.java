package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// Division by the root mean square, then scale: 4 per element.
public final class RMSNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("RMSNormalization", 23)
            .in("X", "T")
            .in("scale", "V")
            .out("Y", "V")
            .attr("axis", -1L)
            .attr("epsilon", 1e-05f)
            .attr("stash_type", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(d -> {
            Optional<Integer> unused = Axes.of(c, c.attrs().intOr("axis", -1), d.size());
        });
        Rules.sameAsInput(c);
        Broadcast.checkFills(c, "scale", c.shape(1), c.shape(0));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 4);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
