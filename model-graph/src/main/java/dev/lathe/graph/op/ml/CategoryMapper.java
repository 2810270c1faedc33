package dev.lathe.graph.op.ml;

import dev.lathe.graph.DType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// Strings to numbers or numbers to strings, by a table; look-ups are no arithmetic.
public final class CategoryMapper implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "CategoryMapper", 1)
            .in("X", "T1")
            .out("Y", "")
            .attr("cats_int64s", AttrSpec.Kind.INTS)
            .attr("cats_strings", AttrSpec.Kind.STRINGS)
            .attr("default_int64", -1L)
            .attr("default_string", "_Unused")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<DType> to = c.dtype(0).map(in -> in == DType.STRING ? DType.INT64 : DType.STRING);
        c.output(0, to, c.shape(0));
        Lengths lengths = Lengths.of(c).given("cats_int64s").given("cats_strings");
        lengths.exactly(lengths.count("cats_int64s"), "cats_strings");
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.DATA_MOVEMENT);
    }
}
