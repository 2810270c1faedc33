package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Kernels of a row with every support vector, voted on by pairs of classes.
public final class SVMClassifier implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "SVMClassifier", 1)
            .in("X", "T1")
            .out("Y", "")
            .out("Z", "float32")
            .attr("classlabels_ints", AttrSpec.Kind.INTS)
            .attr("classlabels_strings", AttrSpec.Kind.STRINGS)
            .attr("coefficients", AttrSpec.Kind.FLOATS)
            .attr("kernel_params", AttrSpec.Kind.FLOATS)
            .attr("kernel_type", "LINEAR")
            .attr("post_transform", "NONE")
            .attr("prob_a", AttrSpec.Kind.FLOATS)
            .attr("prob_b", AttrSpec.Kind.FLOATS)
            .attr("rho", AttrSpec.Kind.FLOATS)
            .attr("support_vectors", AttrSpec.Kind.FLOATS)
            .attr("vectors_per_class", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim rows = MlRules.rows(c.type(0));
        c.output(0, MlRules.labels(c.attrs(), "classlabels_ints", "classlabels_strings"), Shape.of(List.of(rows)));
        boolean probabilities = c.attrs().has("prob_a");
        long classes = MlRules.count(c.attrs(), "classlabels_ints", "classlabels_strings");
        // Raw scores are one per pair of classes; two classes have one, shown for both.
        Dim scores = probabilities || classes <= 2 ? Dim.of(classes) : Dim.of(classes * (classes - 1) / 2);
        c.output(1, List.of(rows, classes == 0 ? Dim.unknown() : scores));
        Lengths lengths = Lengths.of(c)
                .given("classlabels_ints", "classlabels_strings")
                .kernel()
                .require(c.attrs().has("coefficients"), "'coefficients' must be given")
                .require(c.attrs().has("rho"), "'rho' must be given");
        lengths.exactly(lengths.count("prob_b"), "prob_a");
        long coefficients = lengths.count("coefficients");
        long vectors = c.attrs().ints("vectors_per_class").orElse(List.of()).stream()
                .mapToLong(n -> n)
                .sum();
        if (vectors <= 0) {
            // A linear machine: a row of coefficients for each class.
            MlRules.features(c, classes == 0 ? 0 : coefficients / classes);
            return;
        }
        long numbers = lengths.count("support_vectors");
        lengths.exactly(classes, "vectors_per_class")
                .require(
                        coefficients >= (classes - 1) * vectors,
                        coefficients + " coefficients are given for " + vectors + " support vectors of " + classes
                                + " classes")
                .require(
                        lengths.count("rho") >= classes * (classes - 1) / 2,
                        "'rho' has " + lengths.count("rho") + " numbers for " + classes * (classes - 1) / 2
                                + " pairs of classes")
                .require(
                        numbers % vectors == 0,
                        numbers + " numbers are not a multiple of " + vectors + " support vectors");
        MlRules.features(c, numbers / vectors);
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
