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

/// Scores as the product with the classes' coefficients, and the label of the best.
public final class LinearClassifier implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "LinearClassifier", 1)
            .in("X", "T1")
            .out("Y", "")
            .out("Z", "float32")
            .attr("classlabels_ints", AttrSpec.Kind.INTS)
            .attr("classlabels_strings", AttrSpec.Kind.STRINGS)
            .required("coefficients", AttrSpec.Kind.FLOATS)
            .attr("intercepts", AttrSpec.Kind.FLOATS)
            .attr("multi_class", 0L)
            .attr("post_transform", "NONE")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim rows = MlRules.rows(c.type(0));
        c.output(0, MlRules.labels(c.attrs(), "classlabels_ints", "classlabels_strings"), Shape.of(List.of(rows)));
        c.output(1, List.of(rows, MlRules.scores(c.attrs(), "classlabels_ints", "classlabels_strings")));
        Lengths lengths = Lengths.of(c).given("intercepts");
        long classes = lengths.count("intercepts");
        boolean words = lengths.count("classlabels_strings") > 0;
        long labels = lengths.count("classlabels_strings", "classlabels_ints");
        if (classes == 1) {
            lengths.require(labels == 0 || labels == 2, "for one intercept there are two labels, not " + labels);
        } else {
            lengths.given("classlabels_ints", "classlabels_strings")
                    .require(
                            labels >= classes,
                            "'" + (words ? "classlabels_strings" : "classlabels_ints") + "' has " + labels
                                    + " elements for " + classes + " classes");
        }
        long coefficients = lengths.count("coefficients");
        lengths.require(
                classes == 0 || coefficients % classes == 0,
                coefficients + " coefficients are not a multiple of " + classes + " classes");
        Sizes.atLoading(c).ranks(0, 1, 2);
        MlRules.coefficients(c, coefficients, classes);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim coefficients = MlRules.length(c.attrs(), "coefficients");
        Dim macs = DimMath.mul(MlRules.rows(c.input(0)), coefficients);
        return OpCost.ofMacs(macs, MlRules.transform(c, c.outputCount(1)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
