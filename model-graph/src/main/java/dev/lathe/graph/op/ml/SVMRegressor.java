package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The weighted sum of kernels of a row with every support vector.
public final class SVMRegressor implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "SVMRegressor", 1)
            .in("X", "T")
            .out("Y", "float32")
            .attr("coefficients", AttrSpec.Kind.FLOATS)
            .attr("kernel_params", AttrSpec.Kind.FLOATS)
            .attr("kernel_type", "LINEAR")
            .attr("post_transform", "NONE")
            .attr("n_supports", 0L)
            .attr("one_class", 0L)
            .attr("rho", AttrSpec.Kind.FLOATS)
            .attr("support_vectors", AttrSpec.Kind.FLOATS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, List.of(MlRules.rows(c.type(0)), Dim.of(1)));
        Lengths lengths = Lengths.of(c)
                .kernel()
                .require(c.attrs().has("coefficients"), "'coefficients' must be given")
                .given("rho");
        long vectors = c.attrs().intOr("n_supports", 0);
        long coefficients = lengths.count("coefficients");
        long width = coefficients;
        if (vectors > 0) {
            long numbers = lengths.count("support_vectors");
            lengths.given("support_vectors")
                    .require(
                            coefficients >= vectors,
                            coefficients + " coefficients are given for " + vectors + " support vectors")
                    .require(
                            numbers % vectors == 0,
                            numbers + " numbers are not a multiple of " + vectors + " support vectors");
            width = numbers / vectors;
        }
        MlRules.features(c, width);
    }

    @Override
    public OpCost cost(CostContext c) {
        return MlRules.kernels(c, MlRules.length(c.attrs(), "coefficients"));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
