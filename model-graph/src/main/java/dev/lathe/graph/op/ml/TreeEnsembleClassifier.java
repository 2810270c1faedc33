package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
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

/// The votes of the leaves that a row falls into, and the label of the best. The cost is that of the deepest path of
/// every tree, an upper bound.
public final class TreeEnsembleClassifier implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "TreeEnsembleClassifier", 1, 3, 5)
            .in("X", "T1")
            .out("Y", "")
            .out("Z", "float32")
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
            .attr("class_ids", AttrSpec.Kind.INTS)
            .attr("class_nodeids", AttrSpec.Kind.INTS)
            .attr("class_treeids", AttrSpec.Kind.INTS)
            .attr("class_weights", AttrSpec.Kind.FLOATS)
            .attr("class_weights_as_tensor", AttrSpec.Kind.TENSOR)
            .attr("classlabels_int64s", AttrSpec.Kind.INTS)
            .attr("classlabels_strings", AttrSpec.Kind.STRINGS)
            .deprecated(5)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim rows = MlRules.rows(c.type(0));
        c.output(0, MlRules.labels(c.attrs(), "classlabels_int64s", "classlabels_strings"), Shape.of(List.of(rows)));
        c.output(1, List.of(rows, MlRules.scores(c.attrs(), "classlabels_int64s", "classlabels_strings")));
        Lengths lengths =
                Lengths.of(c).given("classlabels_int64s", "classlabels_strings").trees("class");
        long classes = lengths.count("classlabels_int64s", "classlabels_strings");
        long base = lengths.count("base_values", "base_values_as_tensor");
        if (base > 0 && !(base == 1 && classes == 2)) {
            lengths.exactly(classes, "base_values", "base_values_as_tensor");
        }
        lengths.require(
                c.attrs().ints("class_ids").orElse(List.of()).stream().allMatch(k -> k >= 0 && k < classes),
                "a leaf is for a class that is not one of " + classes);
        if (c.opset() >= 3) {
            Sizes.atLoading(c).rank(0, 2);
        } else {
            MlRules.atMostMatrix(c);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim votes = DimMath.mul(MlRules.rows(c.input(0)), TreeDepths.byId(c.attrs()));
        return OpCost.ofFlops(DimMath.add(votes, MlRules.transform(c, c.outputCount(1))));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
