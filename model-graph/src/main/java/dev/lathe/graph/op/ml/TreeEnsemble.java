package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The leaves that a row falls into, added up per target. Which path is taken depends on the data: the cost is that of
/// the deepest path of every tree, an upper bound.
public final class TreeEnsemble implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "TreeEnsemble", 5)
            .in("X", "T")
            .rank(2)
            .out("Y", "T")
            .attr("aggregate_function", 1L)
            .oneOf("0", "1", "2", "3")
            .required("leaf_targetids", AttrSpec.Kind.INTS)
            .required("leaf_weights", AttrSpec.Kind.TENSOR)
            .attr("membership_values", AttrSpec.Kind.TENSOR)
            .attr("n_targets", AttrSpec.Kind.INT)
            .required("nodes_falseleafs", AttrSpec.Kind.INTS)
            .required("nodes_falsenodeids", AttrSpec.Kind.INTS)
            .required("nodes_featureids", AttrSpec.Kind.INTS)
            .attr("nodes_hitrates", AttrSpec.Kind.TENSOR)
            .attr("nodes_missing_value_tracks_true", AttrSpec.Kind.INTS)
            .required("nodes_modes", AttrSpec.Kind.TENSOR)
            .required("nodes_splits", AttrSpec.Kind.TENSOR)
            .required("nodes_trueleafs", AttrSpec.Kind.INTS)
            .required("nodes_truenodeids", AttrSpec.Kind.INTS)
            .attr("post_transform", 0L)
            .oneOf("0", "1", "2", "3", "4")
            .required("tree_roots", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().has("n_targets") && c.attrs().intOr("n_targets", 0) <= 0) {
            c.fault("'n_targets' must be greater than 0");
            return;
        }
        long targets = c.attrs().intOr("n_targets", 0);
        if (targets > 0
                && c.attrs().ints("leaf_targetids").orElse(List.of()).stream().anyMatch(t -> t < 0 || t >= targets)) {
            c.fault("a leaf is for a target that is not one of " + targets);
        }
        int nodes = c.attrs().ints("nodes_featureids").map(List::size).orElse(0);
        for (String name : List.of("nodes_falseleafs", "nodes_falsenodeids", "nodes_trueleafs", "nodes_truenodeids")) {
            if (c.attrs().ints(name).filter(all -> all.size() != nodes).isPresent()) {
                c.fault("'" + name + "' must have " + nodes + " numbers, one for each node");
            }
        }
        long leaves = c.attrs().tensor("leaf_weights").map(Tensor::elements).orElse(0L);
        if (c.attrs().ints("leaf_targetids").filter(all -> all.size() != leaves).isPresent()) {
            c.fault("'leaf_targetids' must have " + leaves + " numbers, one for each weight of a leaf");
        }
        c.output(0, List.of(MlRules.rows(c.type(0)), targets > 0 ? Dim.of(targets) : Dim.unknown()));
    }

    @Override
    public OpCost cost(CostContext c) {
        // A comparison per level and an addition per tree.
        return OpCost.ofFlops(DimMath.mul(MlRules.rows(c.input(0)), TreeDepths.byPosition(c.attrs())));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
