package dev.lathe.graph.op.ml;

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

/// One value replaced by others, per feature or for all: a comparison and a choice.
public final class Imputer implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "Imputer", 1)
            .in("X", "T")
            .out("Y", "T")
            .attr("imputed_value_floats", AttrSpec.Kind.FLOATS)
            .attr("imputed_value_int64s", AttrSpec.Kind.INTS)
            .attr("replaced_value_float", 0.0f)
            .attr("replaced_value_int64", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Lengths lengths = Lengths.of(c);
        lengths.require(
                lengths.count("imputed_value_floats") > 0 != lengths.count("imputed_value_int64s") > 0,
                "one of 'imputed_value_floats' and 'imputed_value_int64s' must be given");
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
