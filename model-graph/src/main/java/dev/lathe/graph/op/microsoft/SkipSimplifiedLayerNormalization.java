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

/// RMS norm of input + skip + bias; the sum is output 3. 6 per element.
public final class SkipSimplifiedLayerNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "SkipSimplifiedLayerNormalization", 1)
            .in("input", "T")
            .in("skip", "T")
            .in("gamma", "T")
            .optIn("bias", "T")
            .out("output", "T")
            .optOut("mean", "U")
            .optOut("inv_std_var", "U")
            .optOut("input_skip_bias_sum", "T")
            .attr("epsilon", 1e-12f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        NormStatistics.outputs(c);
        c.output(3, c.shape(0));
        NormStatistics.skips(c, 2, 3);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 6);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
