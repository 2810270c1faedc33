package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
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

/// An offset taken away and a factor applied, per feature or for all: 2 per element.
public final class Scaler implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "Scaler", 1)
            .in("X", "T")
            .out("Y", "float32")
            .attr("offset", AttrSpec.Kind.FLOATS)
            .attr("scale", AttrSpec.Kind.FLOATS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Lengths lengths = Lengths.of(c).given("scale");
        long numbers = lengths.count("scale");
        lengths.exactly(numbers, "offset");
        if (lengths.fit()
                && numbers != 1
                && Sizes.of(c, 0, c.dims(0).filter(d -> d.size() > 1).isPresent() ? 1 : 0)
                        instanceof Dim.Fixed(long features)) {
            Sizes.atRun(c)
                    .require(
                            numbers == features,
                            () -> numbers + " scales are given for " + features + " features: one for each, or one");
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.CONSTANT_FOLDABLE);
    }
}
