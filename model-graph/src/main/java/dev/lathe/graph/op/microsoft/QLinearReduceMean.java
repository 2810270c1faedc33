package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Means of a quantized tensor along axes: a conversion of 2 and the sum, 3 per input element.
public final class QLinearReduceMean implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearReduceMean", 1)
            .in("data", "T")
            .in("data_scale", "float32")
            .optIn("data_zero_point", "T")
            .in("reduced_scale", "float32")
            .optIn("reduced_zero_point", "T")
            .out("reduced", "T")
            .required("axes", AttrSpec.Kind.INTS)
            .required("keepdims", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.reduce(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
