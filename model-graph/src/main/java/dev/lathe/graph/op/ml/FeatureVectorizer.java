package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Matrices side by side, as 32-bit floats.
public final class FeatureVectorizer implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "FeatureVectorizer", 1)
            .manyIn("X", "")
            .out("Y", "float32")
            .attr("inputdimensions", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim columns = c.attrs()
                .ints("inputdimensions")
                .map(sizes -> Dim.of(sizes.stream().mapToLong(s -> s).sum()))
                .orElseGet(() -> sum(c));
        c.output(0, List.of(MlRules.rows(c.type(0)), columns));
        Lengths lengths = Lengths.of(c).given("inputdimensions");
        Sizes sizes = Sizes.atRun(c);
        long given = lengths.count("inputdimensions");
        sizes.require(given == c.inputs(), () -> given + " widths are given for " + c.inputs() + " inputs");
        for (int i = 1; i < c.inputs(); i++) {
            sizes.equal(MlRules.rows(c.type(0)), MlRules.rows(c.type(i)), "rows of its inputs");
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }

    private static Dim sum(InferContext c) {
        Dim sum = Dim.of(0);
        for (int i = 0; i < c.inputs(); i++) {
            sum = DimMath.add(sum, CostContext.dim(c.type(i), -1));
        }
        return sum;
    }
}
