package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operators that came, went and were experiments: an error where ONNX Runtime refuses to load the model.
class OpsetRuleTest {
    @ParameterizedTest(name = "version {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        17 | y = GroupNormalization(x, s, s) {num_groups = 2}                      | ERROR operator-too-new
        18 | y = GroupNormalization(x, s, s) {num_groups = 2}                      | WARNING operator-deprecated
        20 | y = GroupNormalization(x, s, s) {num_groups = 2}                      | WARNING operator-deprecated
        21 | y = GroupNormalization(x, s, s) {num_groups = 2}                      |
        10 | y = Scatter(x, i, x)                                                  |
        11 | y = Scatter(x, i, x)                                                  | ERROR operator-deprecated
        9  | y = ImageScaler(x) {bias = [1.0, 1.0]}                                | WARNING operator-nonstandard
        10 | y = ImageScaler(x) {bias = [1.0, 1.0]}                                | ERROR operator-deprecated
        7  | y = ImageScaler(x)                                                    | ERROR attribute-missing
        9  | y = Crop(x) {border = [0, 0, 0, 0]}                                   | WARNING operator-nonstandard
        9  | y = ScaledTanh(x) {alpha = 1.0}                                       | ERROR attribute-missing
        1  | y = Affine(x)                                                         | WARNING operator-nonstandard
        17 | y = SimplifiedLayerNormalization(x, s)                                | WARNING operator-nonstandard
        17 | y = MemcpyToHost(x)                                                   | WARNING operator-nonstandard
        7  | y = MeanVarianceNormalization(x) {across_channels = 1}                | WARNING operator-too-new
        9  | y = MeanVarianceNormalization(x) {across_channels = 1}                | ERROR attribute-unknown
        17 | y = ATen(x)                                                           | ERROR operator-unknown
        """)
    void anOperatorIsUsedInVersionsThatHaveIt(int version, String line, @Nullable String finding)
            throws LatheException {
        String text = "model \"ONNX\" ir=10\nopset \"\" " + version
                + "\ngraph g (x: float32[2, 2, 2, 2], s: float32[2], i: int64[2, 2, 2, 2]) -> (y: float32[2, 2, 2, 2]) {\n  "
                + line + "\n}\n";
        assertThat(findings(text).findFirst())
                .isEqualTo(Stream.ofNullable(finding).findFirst());
    }

    @ParameterizedTest(name = "ai.onnx.ml {0}: {1}")
    @CsvSource({
        "4, TreeEnsembleRegressor, ",
        "5, TreeEnsembleRegressor, ERROR operator-deprecated",
        "4, TreeEnsembleClassifier, ",
        "5, TreeEnsembleClassifier, ERROR operator-deprecated"
    })
    void treesOfOldWentWithVersion5(int version, String op, @Nullable String finding) throws LatheException {
        boolean classes = op.endsWith("Classifier");
        String text = "model \"ONNX\" ir=10\nopset \"\" 17\nopset \"ai.onnx.ml\" " + version
                + "\ngraph g (x: float32[3, 2]) -> (y" + (classes ? ": int64[3]" : ": float32[3, 1]") + ") {\n  y"
                + (classes ? ", z" : "") + " = ai.onnx.ml:" + op + "(x) {nodes_treeids = [0], nodes_nodeids = [0], "
                + "nodes_featureids = [0], nodes_modes = [\"LEAF\"], nodes_values = [0.0], nodes_truenodeids = [0], "
                + "nodes_falsenodeids = [0], "
                + (classes
                        ? "class_treeids = [0], class_nodeids = [0], class_ids = [0], class_weights = [1.0],"
                                + " classlabels_int64s = [0]"
                        : "target_treeids = [0], target_nodeids = [0], target_ids = [0], target_weights = [1.0],"
                                + " n_targets = 1")
                + "}\n}\n";
        assertThat(findings(text).toList()).isEqualTo(Stream.ofNullable(finding).toList());
    }

    private static Stream<String> findings(String text) throws LatheException {
        Model model = GraphText.parse(text);
        return Verifier.of(Analysis.of(model, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()).stream()
                .map(d -> d.severity() + " " + d.code());
    }
}
