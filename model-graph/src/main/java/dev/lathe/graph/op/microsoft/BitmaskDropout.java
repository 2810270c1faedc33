package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Training;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Nothing in inference; in training, elements are zeroed at random, and the mask has one bit per element in words of
/// 32.
public final class BitmaskDropout implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "BitmaskDropout", 1)
            .in("data", "T")
            .optIn("ratio", "T1")
            .optIn("training_mode", "bool")
            .out("output", "T")
            .optOut("mask", "uint32")
            .attr("seed", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.identity(c);
        c.output(1, mask(c));
    }

    @Override
    public OpCost cost(CostContext c) {
        return Training.dropout(c);
    }

    @Override
    public boolean isView(Node node, Function<ValueId, Optional<List<Dim>>> elements) {
        return !Training.mayBe(node, elements);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW);
    }

    /// One word for each 32 elements of the first input.
    static List<Dim> mask(InferContext c) {
        return List.of(
                c.dims(0).map(d -> DimMath.ceilDiv(DimMath.product(d), 32)).orElse(Dim.unknown()));
    }
}
