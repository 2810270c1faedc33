package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What ONNX Runtime refuses to load or to run is an error; what it runs all the same is a warning.
class ContradictionsTest {
    private static final String HEAD = "model \"ONNX\" ir=10\nopset \"\" 18\n";
    private static final String INPUTS = "x: float32[2, 4], n: float32[b, 4], u: float32[...], c: bool[], "
            + "p: float32[1, 1, 2, 2], w: float32[1, 1, 3, 3], v: float32[3], three: int64[3], "
            + "one: int64[1], s: float32[1], d: float32[q], n2: float32[b2, 2], t: float32[1, 8, 1]";

    private static List<Diagnostic> of(String body) throws LatheException {
        Model model = GraphText.parse(HEAD + "graph g (" + INPUTS + ") -> (y) {\n" + body + "\n}\n");
        return Verifier.of(model, Inference.of(model, JobContext.quiet()), JobContext.quiet()).stream()
                .filter(d -> !d.code().equals("type-missing"))
                .toList();
    }

    private static List<String> at(Severity severity, String body) throws LatheException {
        return of(body).stream()
                .filter(d -> d.severity() == severity)
                .map(d -> d.code() + " @ " + d.place().words())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        y = Transpose(x) {perm = [0, 0]} as n                                     | node-contradiction
        y = Transpose(u) {perm = [0, 0]} as n                                     | node-contradiction
        y = Transpose(x) {perm = [0, 1, 2]} as n                                  | shape-contradiction
        const k = int64[2] {-1, -1} y = Reshape(x, k) as n                        | shape-contradiction
        const k = int64[2] {3, -1} y = Reshape(x, k) as n                         | shape-contradiction
        const k = int64[1] {9} y, i = TopK(x, k) as n                             | shape-contradiction
        y = Einsum(u) {equation = "ij,jk->ik"} as n                               | node-contradiction
        y = Einsum(x) {equation = "ijk->i"} as n                                  | shape-contradiction
        y = Constant() as n                                                       | node-contradiction
        y, z = Split(x) as n                                                      | split-number
        const k = int64[2] {1, 1} y, z = Split(x, k) {num_outputs = 2} as n       | split-number
        y, z, q = Split(x) {num_outputs = 3} as n                                 | shape-contradiction
        y, z, q = Split(x) {axis = 1, num_outputs = 3} as n                       | shape-contradiction
        y, z = Split(x) {num_outputs = 1} as n                                    | shape-contradiction
        const k = int64[] {0} y = Range(k, k, k) as n                             | shape-contradiction
        const k = float32[] {0.0} const l = float32[] {3.0} y = Range(k, l, k) as n | shape-contradiction
        const k = int64[2] {1, 2} y, z = Split(x, k) as n                         | shape-contradiction
        const k = int64[1] {2} y, z = Split(x, k) as n                            | shape-contradiction
        const k = int64[1] {0} y = Squeeze(x, k) as n                             | shape-contradiction
        const k = int64[2] {0, 0} y = Unsqueeze(x, k) as n                             | shape-contradiction
        y = Add(x, v) as n                                                        | shape-contradiction
        y = MatMul(x, v) as n                                                     | shape-contradiction
        y = Softmax(x) {axis = 5} as n                                            | shape-contradiction
        y = Flatten(x) {axis = 5} as n                                            | shape-contradiction
        y = BatchNormalization(x, v, v, v, v) as n                                | shape-contradiction
        y = Conv(p, w) as n                                                       | shape-contradiction
        const k = int64[2] {1, 1} y = Pad(x, k) as n                              | shape-contradiction
        const k = int64[3] {1, 1, 1} y = Pad(x, k) as n                           | shape-contradiction
        const k = int64[6] {1, 1, 1, 1, 1, 1} y = Pad(n, k) as n                  | shape-contradiction
        const a = int64[2] {0, 1} const k = int64[2] {1, 1} y = Pad(x, k, _, a) as n | shape-contradiction
        const a = int64[1] {0} const k = int64[4] {1, 1, 1, 1} y = Pad(u, k, _, a) as n | shape-contradiction
        y = Pad(x, three) as n                                                    | shape-contradiction
        const k = int64[1] {2} y = Tile(x, k) as n                                | shape-contradiction
        const k = int64[3] {2, 2, 2} y = Tile(n, k) as n                          | shape-contradiction
        y = Tile(x, three) as n                                                   | shape-contradiction
        y = GatherND(x, three) as n                                               | shape-contradiction
        const k = int64[2, 2] {0, 0, 0, 0} y = GatherND(x, k) {batch_dims = 1} as n | shape-contradiction
        y = LayerNormalization(x, v) as n                                         | shape-contradiction
        y = LayerNormalization(n, v) as n                                         | shape-contradiction
        y = LayerNormalization(v, v, x) as n                                      | shape-contradiction
        y = Gemm(x, x, v) {transB = 1} as n                                       | shape-contradiction
        y = Gemm(x, x, p) {transB = 1} as n                                       | shape-contradiction
        y = Gemm(n, x, x) {transB = 1} as n                                       | shape-contradiction
        const k = int64[2] {-2, -4} y = Reshape(x, k) as n                        | shape-contradiction
        const k = int64[4] {-9, 0, 0, 0} y = Pad(x, k) as n                       | shape-contradiction
        y = ConvTranspose(p, w) {pads = [5, 5, 5, 5]} as n                        | shape-contradiction
        y = ConvTranspose(p, w) {output_shape = [-5, 3]} as n                     | shape-contradiction
        y = RandomNormal() {shape = [-3, 4]} as n                                 | shape-contradiction
        const k = int64[2] {-1, 1} y = Tile(x, k) as n                            | shape-contradiction
        const k = int64[1] {-2} y, i = TopK(x, k) as n                            | shape-contradiction
        const k = int64[2] {-2, 4} y, z = Split(x, k) as n                        | shape-contradiction
        const k = int64[1] {-3} y = ConstantOfShape(k) as n                       | shape-contradiction
        const k = int64[2] {1, 1} y = CenterCropPad(v, k) as n                    | shape-contradiction
        const k = int64[1] {-2} y = Expand(v, k) as n                             | shape-contradiction
        const k = int64[2] {0, -1} y = Reshape(x, k) {allowzero = 1} as n         | shape-contradiction
        const k = int64[] {-5} y = HannWindow(k) as n                             | shape-contradiction
        const z = int64[1] {0} const e = int64[1] {2} y = Slice(x, z, e, z, z) as n | shape-contradiction
        y = Conv(p, w) {strides = [0, 1], pads = [1, 1, 1, 1]} as n               | node-contradiction
        y = MaxPool(p) {kernel_shape = [2, -2]} as n                              | node-contradiction
        y, h = GRU(u, u, u) {hidden_size = -8} as n                               | node-contradiction
        y, h = RNN(u, u, u) {hidden_size = -8} as n                               | shape-contradiction
        y = Conv(p, w) {group = 0} as n                                           | shape-contradiction
        const k = int64[] {-2} const l = int64[] {2} y = STFT(t, k, _, l) as n    | shape-contradiction
        y = Conv(p, w) {strides = [1], pads = [1, 1, 1, 1]} as n                  | shape-contradiction
        y = Conv(p, w) {pads = [1, 1]} as n                                       | shape-contradiction
        y = Conv(p, w) {kernel_shape = [2, 2], pads = [1, 1, 1, 1]} as n          | shape-contradiction
        y = MaxPool(p) {kernel_shape = [1, 1, 1]} as n                            | shape-contradiction
        y = MaxPool(x) {kernel_shape = [1]} as n                                  | shape-contradiction
        y = AveragePool(p) {kernel_shape = [1, 1], strides = [1]} as n            | shape-contradiction
        y = ConvTranspose(p, t) as n                                              | shape-contradiction
        y = ConvTranspose(p, w) {output_padding = [0]} as n                       | shape-contradiction
        y = SpaceToDepth(p) {blocksize = 0} as n                                  | node-contradiction
        y = DepthToSpace(u) {blocksize = -2} as n                                 | node-contradiction
        y, z = Split(x) {num_outputs = 0} as n                                    | node-contradiction
        y = BatchNormalization(p, x, v, v, v) as n                                | shape-contradiction
        y, z = BatchNormalization(u, v, v, v, v) as n                             | node-contradiction
        y = Resize(p) as n                                                        | shape-contradiction
        y = Resize(p, _, s) {mode = "bogus"} as n                                 | node-contradiction
        y = Cast(x) {to = 99} as n                                                | node-contradiction
        y = GridSample(p, x) as n                                                 | shape-contradiction
        y = SpaceToDepth(x) {blocksize = 2} as n                                  | shape-contradiction
        y = NegativeLogLikelihoodLoss(v, one) as n                                | shape-contradiction
        y = DepthToSpace(x) {blocksize = 2, mode = "CRD"} as n                    | shape-contradiction
        y = MaxPool(p) {kernel_shape = [2, 2], pads = [2, 0, 0, 0]} as n          | node-contradiction
        y = MaxPool(p) {kernel_shape = [2, 2], auto_pad = "bogus"} as n           | node-contradiction
        y = ReverseSequence(x, three) {batch_axis = 0} as n                       | node-contradiction
        y, h = GRU(u, u, u) as n                                                  | node-contradiction
        """)
    void whatNoRuntimeRunsIsAnError(String body, String code) throws LatheException {
        assertThat(at(Severity.ERROR, body)).singleElement().asString().startsWith(code + " @ node 'n'");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "const a = int64[1] {-1} const k = int64[2] {1, 1} y = Pad(x, k, _, a)",
                "y = Pad(u, three)",
                "y = Tile(v, one)",
                "y = Tile(u, three)",
                "y = GatherND(u, three)",
                "const k = int64[2, 0] {} y = GatherND(x, k)",
                "y = LayerNormalization(x, s)",
                "y = LayerNormalization(x, s, x)",
                "y = LayerNormalization(x, d)",
                "y = LayerNormalization(d, v)",
                "y = Gemm(x, x, s) {transB = 1}",
                "y = Gemm(x, x, d) {transB = 1}",
                "y = Gemm(n, x, n2) {transB = 1}",
                "const k = float32[] {1.0} y = Gemm(x, x, k) {transB = 1}",
                "const k = float32[2, 1] {1.0, 1.0} y = Gemm(x, x, k) {transB = 1}",
            })
    void whatOnnxRuntimeRunsOrWhatIsOpenIsNoError(String body) throws LatheException {
        assertThat(at(Severity.ERROR, body)).isEmpty();
    }

    @Test
    void branchesOfDifferentTypesAreAnError() throws LatheException {
        assertThat(at(Severity.ERROR, """
                        y = If(c) {then_branch = graph a () -> (q) { q = Relu(x) }, else_branch = graph b () -> (r) { r = Shape(x) }} as n
                        """)).containsExactly("branch-types-differ @ node 'n' (If)");
    }

    @Test
    void whatIsWrongForAllSizesIsAnErrorInABranchToo() throws LatheException {
        String text = """
                y = If(c) {then_branch = graph a () -> (q) { q = %s as n }, else_branch = graph b () -> (r) { r = Relu(x) }}
                """;
        assertThat(at(Severity.ERROR, text.formatted("Transpose(x) {perm = [0, 0]}")))
                .containsExactly("node-contradiction @ node 'n' (Transpose)");
        // ONNX Runtime looks at these when it loads the model,
        assertThat(at(Severity.ERROR, text.formatted("Add(x, v)")))
                .containsExactly("shape-contradiction @ node 'n' (Add)");
        assertThat(at(Severity.ERROR, text.formatted("Softmax(x) {axis = 5}")))
                .containsExactly("shape-contradiction @ node 'n' (Softmax)");
        // and at this when the node runs: perhaps it is the other branch that does.
        assertThat(at(Severity.ERROR, text.formatted("Reshape(x, three)"))).isEmpty();
        assertThat(at(Severity.ERROR, text.formatted("Conv(p, w) {group = 0}"))).isEmpty();
        assertThat(at(Severity.ERROR, text.replace("q =", "q, i, j =").formatted("Split(x) {num_outputs = 3}")))
                .isEmpty();
        assertThat(at(Severity.ERROR, text.formatted("RNN(u, u, u) {hidden_size = -1}")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        y = MaxPool(p) {kernel_shape = [3, 3]} as n                               | shape-contradiction @ node 'n' (MaxPool)
        y = Constant() {value_int = 1, value_float = 1.0} as n                    | shape-contradiction @ node 'n' (Constant)
        y, z = Split(x) {axis = 1, num_outputs = 3} as n                          | shape-contradiction @ node 'n' (Split)
        y, z = Split(n) as n                                                      | split-number @ node 'n' (Split)
        """)
    void whatOnnxRuntimeRunsAllTheSameIsAWarning(String body, String warning) throws LatheException {
        assertThat(at(Severity.ERROR, body)).isEmpty();
        assertThat(at(Severity.WARNING, body)).contains(warning);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        insert after r { q = Transpose(r) {perm = [0, 0]} }
        insert after r { const k = int64[2] {-1, -1} q = Reshape(r, k) }
        insert after r { q = Not(r) }
        unset S num_outputs
        """)
    void anEditThatWouldBringOneIsRefused(String edit) throws LatheException {
        Model model = GraphText.parse(HEAD + """
                graph g (x: float32[b, 4]) -> (y: float32[b, 2]) {
                  r = Relu(x) as R
                  s1, s2 = Split(r) {axis = 1, num_outputs = 2} as S
                  y = Add(s1, s2) as A
                }
                """);
        assertThatThrownBy(() -> Edits.apply(model, EditScript.parse(edit), JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .hasMessageMatching("(?s).*(perm|open|bool|num_outputs).*");
    }

    @Test
    void aSplitMakesAsManyPartsAsThereAreOutputs() throws LatheException {
        assertThat(found(HEAD + "graph g (x: float32[6]) -> (y: float32[3], z: float32[3]) {\n"
                        + "  y, z = Split(x) {num_outputs = 3} as n\n}\n"))
                .containsExactly("WARNING shape-contradiction @ node 'n' (Split)");
    }

    @Test
    void aWrongDeclaredSizeIsAWarningAndAWrongDeclaredElementTypeAnError() throws LatheException {
        String text = HEAD + "graph g (x: float32[2, 4]) -> (y: %s) {\n  y = Relu(x) as n\n}\n";
        assertThat(found(text.formatted("float32[3, 4]")))
                .containsExactly("WARNING shape-contradiction @ node 'n' (Relu)");
        assertThat(found(text.formatted("int64[2, 4]"))).containsExactly("ERROR node-contradiction @ node 'n' (Relu)");
    }

    private static List<String> found(String text) throws LatheException {
        Model model = GraphText.parse(text);
        return Verifier.of(model, Inference.of(model, JobContext.quiet()), JobContext.quiet()).stream()
                .map(d -> d.severity() + " " + d.code() + " @ " + d.place().words())
                .toList();
    }
}
