package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Each sequence of a batch reversed up to its length.
public final class ReverseSequence implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ReverseSequence", 10, 28)
            .in("input", "T")
            .ranks(2, Integer.MAX_VALUE)
            .in("sequence_lens", "int64")
            .rank(1)
            .out("Y", "T")
            .attr("batch_axis", 1L)
            .attr("time_axis", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        long batch = c.attrs().intOr("batch_axis", 1);
        long time = c.attrs().intOr("time_axis", 0);
        if (batch > 1 || time > 1 || batch == time) {
            c.fault("'batch_axis' and 'time_axis' must be 0 and 1, one of each; they are " + batch + " and " + time);
        }
        Rules.sameAsInput(c);
        Sizes.atRun(c).shape(1, Sizes.of(c, 0, batch == 0 ? 0 : 1));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
