package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The leaves that a row falls into, added up per target. The cost is that of the deepest path of every tree, an upper
/// bound.
public final class TreeEnsembleRegressor implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "TreeEnsembleRegressor", 1, 3, 5)
            .in("X", "T")
            .out("Y", "float32")
            .attr("aggregate_function", "SUM")
            .attr("base_values", AttrSpec.Kind.FLOATS)
            .attr("base_values_as_tensor", AttrSpec.Kind.TENSOR)
            .attr("nodes_falsenodeids", AttrSpec.Kind.INTS)
            .attr("nodes_featureids", AttrSpec.Kind.INTS)
            .attr("nodes_hitrates", AttrSpec.Kind.FLOATS)
            .attr("nodes_hitrates_as_tensor", AttrSpec.Kind.TENSOR)
            .attr("nodes_missing_value_tracks_true", AttrSpec.Kind.INTS)
            .attr("nodes_modes", AttrSpec.Kind.STRINGS)
            .attr("nodes_nodeids", AttrSpec.Kind.INTS)
            .attr("nodes_treeids", AttrSpec.Kind.INTS)
            .attr("nodes_truenodeids", AttrSpec.Kind.INTS)
            .attr("nodes_values", AttrSpec.Kind.FLOATS)
            .attr("nodes_values_as_tensor", AttrSpec.Kind.TENSOR)
            .attr("post_transform", "NONE")
            .attr("n_targets", AttrSpec.Kind.INT)
            .attr("target_ids", AttrSpec.Kind.INTS)
            .attr("target_nodeids", AttrSpec.Kind.INTS)
            .attr("target_treeids", AttrSpec.Kind.INTS)
            .attr("target_weights", AttrSpec.Kind.FLOATS)
            .attr("target_weights_as_tensor", AttrSpec.Kind.TENSOR)
            .deprecated(5)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        long targets = c.attrs().intOr("n_targets", 0);
        c.output(0, List.of(MlRules.rows(c.type(0)), targets > 0 ? Dim.of(targets) : Dim.unknown()));
        Lengths lengths = Lengths.of(c)
                .require(targets > 0, "'n_targets' must be greater than 0")
                .trees("target");
        if (lengths.count("base_values", "base_values_as_tensor") > 0) {
            lengths.exactly(targets, "base_values", "base_values_as_tensor");
        }
        lengths.require(
                c.attrs().ints("target_ids").orElse(List.of()).stream().allMatch(t -> t >= 0 && t < targets),
                "a leaf is for a target that is not one of " + targets);
        if (c.opset() >= 3) {
            Sizes.atLoading(c).rank(0, 2);
        } else {
            MlRules.atMostMatrix(c);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim sums = DimMath.mul(MlRules.rows(c.input(0)), TreeDepths.byId(c.attrs()));
        return OpCost.ofFlops(DimMath.add(sums, MlRules.transform(c, c.outputCount(0))));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
