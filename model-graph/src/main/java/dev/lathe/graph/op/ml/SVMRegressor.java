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
