package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operators of com.microsoft that ONNX Runtime runs on the CPU: their outputs have the shapes that are inferred. What
/// only data tells may be anything.
class ContribRunsTest {
    private static final Pattern SHAPE = Pattern.compile("shape=\\[([-0-9, ]*)]");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            x: float32[6, 2, 3], w: float32[1, 16, 8], r: float32[1, 16, 4], q: float32[1, 4, 7], m: float32[1, 5, 7], v: float32[1, 7], e: float32[2, 9, 5] | | y, h, c = AttnLSTM(x, w, r, _, _, _, _, _, q, m, v, e) {hidden_size = 4}
            | const s = int64[4] {1, 2, 3, 4}; const t = int64[2] {1, 2}; const i = int64[] {1} | y, z = BifurcationDetector(s, t, i)
            a: float32[3, 4], b: float32[5, 4] | | y = CDist(a, b)
            x: float32[1, 3, 4, 5], w: float32[3, 2, 3, 3], b: float32[2] | const p = int64[4] {1, 1, 1, 1} | y = ConvTransposeWithDynamicPads(x, w, p, b) {strides = [2, 2]}
            x: float32[1, 3, 6, 6], r: float32[2, 4] | const i = int32[2] {0, 0}; const s = int32[2] {5, 7} | y = CropAndResize(x, r, i, s)
            x: float32[2, 3] | const i = int32[] {-1} | y = ExpandDims(x, i)
            x: float32[2, 3] | const i = int32[] {1} | y = ExpandDims(x, i)
            x: float32[6, 5] | | y = DynamicTimeWarping(x)
            x: float32[2, 4, 8, 8], g: float32[2, 3, 5, 2] | | y = GridSample(x, g)
            x: float32[6] | | y, i, n = Unique(x)
            | const a = int64[] {0}; const b = int64[] {5} | y = Range(a, b)
            | const a = float32[] {0}; const b = float32[] {5}; const d = float32[] {2} | y = Range(a, b, d)
            | const x = int64[3] {1, 2, 3} | y = MurmurHash3(x) {positive = 0}
            s: float32[2, 40] | const i = int64[2, 5] {1, 2, 3, 1, 2, 4, 5, 6, 4, 5} | y = NGramRepeatBlock(i, s) {ngram_size = 3}
            x: float32[1, 2, 6, 6], m: int32[1, 2, 6, 6] | | y = MaxpoolWithMask(x, m) {kernel_shape = [2, 2], strides = [2, 2]}
            x: float32[2, 3] | | y = SampleOp(x)
            x: float32[2, 9] | | y = UnfoldTensor(x) {size = 3, step = 2}
            x: string[2, 3] | | y = Tokenizer(x) {mark = 1, mincharnum = 1, pad_value = "#", separators = [" "]}
            w: float32[6, 1, 3, 4], b: float32[6], c: float32[30, 4] | const s = int32[2, 5] {1, 2, 3, 0, 0, 4, 5, 6, 7, 8} | y = WordConvEmbedding(s, w, b, c)
            q: float32[2, 1, 64], k: float32[2, 4, 7, 16] | | y = DecoderMaskedMultiHeadAttention(q, k, k) {num_heads = 4}
            q: float32[2, 1, 64], k: float32[2, 1, 64], p: float32[2, 4, 9, 16] | const l = int32[1] {5} | y, u, v = DecoderMaskedMultiHeadAttention(q, k, k, _, _, p, p, l) {num_heads = 4, past_present_share_buffer = 1}
            q: float32[2, 5, 16], v: float32[2, 5, 24] | | y, u = LinearAttention(q, q, v) {kv_num_heads = 2, q_num_heads = 2, update_rule = "linear"}
            x: float32[1, 8, 6], k: float32[8, 1, 3] | | y, u = CausalConvWithState(x, k) {activation = "silu"}
            q: float32[1, 2, 64], k: float32[1, 2, 16], p: float32[1, 1, 20, 16] | const l = int32[1] {11}; const t = int32[] {12} | y, u, v = GroupQueryAttention(q, k, k, p, p, l, t) {kv_num_heads = 1, num_heads = 4}
            q: float32[1, 2, 64], k: float32[1, 2, 16], p: float32[1, 1, 10, 16] | const l = int32[1] {11}; const t = int32[] {12} | y, u, v = GroupQueryAttention(q, k, k, p, p, l, t) {kv_num_heads = 1, num_heads = 4}
            x: float32[2, 5, 8], w: float32[8, 24], b: float32[24] | | y, u = Attention(x, w, b) {num_heads = 2}
            """)
    void outputsHaveTheShapesThatAreInferred(String inputs, String constants, String node) throws Exception {
        String outputs = node.substring(0, node.indexOf(" ="));
        String body = (constants == null ? "" : constants.replace(";", "\n") + "\n")
                + node.replaceFirst("= ", "= com.microsoft:");
        Model model = GraphText.parse("model \"ONNX\" ir=10\nopset \"\" 21\nopset \"com.microsoft\" 1\ngraph g ("
                + (inputs == null ? "" : inputs) + ") -> (" + outputs + ") {\n" + body + "\n}\n");
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        assertThat(analysis.inference().diagnostics()).isEmpty();
        Path file = folder.resolve("model.onnx");
        Formats.export(model, file, JobContext.quiet());
        Map<String, String> ran = PlainOrt.run(file, InputGenerator.generate(model, analysis, 1));
        for (ValueId out : model.graph().outputs()) {
            String name = model.graph().nameOf(out);
            assertThat(analysis.type(out).shape()).as(name).isInstanceOf(Shape.Ranked.class);
            List<Dim> dims = ((Shape.Ranked) analysis.type(out).shape()).dims();
            List<String> shape = shape(ran.get(name));
            assertThat(shape).as(name + " inferred as " + dims).hasSameSizeAs(dims);
            for (int i = 0; i < shape.size(); i++) {
                if (dims.get(i).fixed().isPresent()) {
                    assertThat(shape.get(i))
                            .as(name + " inferred as " + dims + ", ran as " + shape)
                            .isEqualTo(dims.get(i).toString());
                }
            }
        }
    }

    private static List<String> shape(String info) {
        Matcher m = SHAPE.matcher(info);
        assertThat(m.find()).as(info).isTrue();
        return Arrays.stream(m.group(1).split(", *")).filter(d -> !d.isEmpty()).collect(Collectors.toList());
    }
}
