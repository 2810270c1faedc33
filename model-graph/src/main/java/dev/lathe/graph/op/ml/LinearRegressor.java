package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The product with the targets' coefficients, and an offset.
public final class LinearRegressor implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "LinearRegressor", 1)
            .in("X", "T")
            .out("Y", "float32")
            .attr("coefficients", AttrSpec.Kind.FLOATS)
            .attr("intercepts", AttrSpec.Kind.FLOATS)
            .attr("post_transform", "NONE")
            .attr("targets", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, List.of(MlRules.rows(c.type(0)), Dim.of(c.attrs().intOr("targets", 1))));
        long targets = c.attrs().intOr("targets", 1);
        Lengths lengths = Lengths.of(c)
                .require(c.attrs().has("coefficients"), "'coefficients' must be given")
                .require(targets > 0, "'targets' must be greater than 0");
        MlRules.atMostMatrix(c);
        MlRules.coefficients(c, lengths.count("coefficients"), targets);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim coefficients = MlRules.length(c.attrs(), "coefficients");
        Dim macs = DimMath.mul(MlRules.rows(c.input(0)), coefficients);
        return OpCost.ofMacs(macs, MlRules.transform(c, c.outputCount(0)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
