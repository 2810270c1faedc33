package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputGeneratorTest {
    /// Operators that plain ONNX Runtime does not have, so these files cannot run in it at all.
    private static final Set<String> NEED_EXTENSIONS =
            Set.of("superresolution-customops-op18.onnx", "espcn-qonnx-customdomain-op11.onnx");

    @Test
    void aRealTransformerRunsOnGeneratedInputs(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (var in = InputGeneratorTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        Model model = Formats.open(file, JobContext.quiet());
        Map<String, HostTensor> inputs = inputs(model, 1);
        assertThat(inputs.get("input_ids").dims()).containsExactly(1L, 128L);
        assertThat(longs(inputs.get("input_ids"))).allMatch(v -> v >= 0 && v < 30_522);
        assertThat(longs(inputs.get("input_ids")).boxed().distinct().count()).isGreaterThan(100);
        assertThat(longs(inputs.get("attention_mask"))).containsOnly(1L);
        assertThat(PlainOrt.run(file, inputs)).containsKey("last_hidden_state");
    }

    @Test
    void everyModelThatTheRuntimeCanRunAcceptsItsGeneratedInputs() throws Exception {
        List<Path> files = SharedModels.onnx();
        assumeFalse(files.isEmpty(), "the folder of real models is not there");
        List<String> refused = new ArrayList<>();
        for (Path file : files) {
            if (NEED_EXTENSIONS.contains(file.getFileName().toString())) {
                continue;
            }
            try {
                Model model = Formats.open(file, JobContext.quiet());
                PlainOrt.run(file, inputs(model, 7));
            } catch (Exception e) {
                refused.add(file.getFileName() + ": " + e.getMessage());
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void anIndexStaysWithinTheTableAlsoBehindCastsReshapesAndOffsets() throws Exception {
        Model model = model("(ids: int64[batch, sequence]) -> (y: float32[n, 3])", """
                const table = float32[10, 3] elided 120
                const two = int64[] {2}
                const flat = int64[1] {-1}
                a = Cast(ids) {to = 7}
                b = Reshape(a, flat)
                c = Add(b, two)
                y = Gather(table, c)
                """);
        long[] ids = longs(inputs(model, 1).get("ids")).toArray();
        assertThat(ids).hasSize(128);
        assertThat(LongStream.of(ids).max().orElseThrow()).isBetween(5L, 7L);
    }

    @Test
    void aSwitchTakesAValueThatTheGraphComparesItWith() throws Exception {
        Model model = model("(rate: int64[]) -> (y: bool[])", """
                const known = int64[] {16000}
                y = Equal(rate, known)
                """);
        assertThat(longs(inputs(model, 1).get("rate"))).containsExactly(16_000L);
    }

    @Test
    void aLoopTurnsHoweverItsCountAndItsStartComeToIt() throws Exception {
        Model model = model(
                "(n: int32[1], more: bool[], go: float32[1], x: float32[4]) -> (y: float32[4], z: float32[4])", """
                const one = int64[1] {1}
                const zero = int64[1] {0}
                a = Cast(n) {to = 7}
                b = Squeeze(a, zero)
                c = Add(b, one)
                d = Identity(more)
                e = Not(d)
                y = Loop(c, e, x) {body = graph first (i: int64[], c1: bool[], v: float32[4]) -> (k, w) {
                  k = Identity(c1)
                  w = Tanh(v)
                }}
                f = Cast(go) {to = 9}
                z = Loop(_, f, x) {body = graph second (j: int64[], c2: bool[], u: float32[4]) -> (l, t) {
                  l = Not(c2)
                  t = Tanh(u)
                }}
                """);
        for (long seed : new long[] {1, 2}) {
            Map<String, HostTensor> made = inputs(model, seed);
            assertThat(made.get("n").bytes().get(ValueLayout.JAVA_INT, 0)).isEqualTo(2);
            assertThat(made.get("more").bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 0);
            assertThat(made.get("go").bytes().get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(1f);
        }
    }

    @Test
    void aLoopDoesNotCountBeyondTheRowsOfItsBody() throws Exception {
        Model model = model("(n: int64[], x: float32[4]) -> (y: float32[4])", """
                const table = float32[2, 4] elided 32
                y = Loop(n, _, x) {body = graph body (i: int64[], c: bool[], v: float32[4]) -> (k, w) {
                  k = Identity(c)
                  r = Gather(table, i)
                  w = Add(v, r)
                }}
                """);
        assertThat(longs(inputs(model, 1).get("n"))).containsExactly(2L);
    }

    @Test
    void twoSeedsInARowTakeBothBranchesOfAnIf() throws Exception {
        Model model = model("(p: bool[], q: int64[1], x: float32[4]) -> (y: float32[4], z: float32[4])", """
                y = If(p) {then_branch = graph a () -> (b) {
                  b = Tanh(x)
                }, else_branch = graph c () -> (d) {
                  d = Relu(x)
                }}
                r = Cast(q) {to = 9}
                s = Not(r)
                z = If(s) {then_branch = graph e () -> (f) {
                  f = Tanh(x)
                }, else_branch = graph g () -> (h) {
                  h = Relu(x)
                }}
                """);
        List<Byte> taken = new ArrayList<>();
        for (long seed = 1; seed < 5; seed++) {
            Map<String, HostTensor> made = inputs(model, seed);
            taken.add(made.get("p").bytes().get(ValueLayout.JAVA_BYTE, 0));
            assertThat(longs(made.get("q"))).containsExactly(1L - taken.getLast());
        }
        assertThat(taken).containsExactly((byte) 1, (byte) 0, (byte) 1, (byte) 0);
    }

    @Test
    void sizesThatAreInputsKeepTheElementsAndTheRuntimeTakesThem(@TempDir Path folder) throws Exception {
        Model model = model(
                "(x: float32[4, 6], img: float32[1, 3, 8, 8], shape: int64[2], flat: int64[3], cut: int64[2], "
                        + "k: int64[1], to: int64[4], by: float32[4], from: int64[], start: int64[1], end: int64[1], big: int64[2]) -> "
                        + "(a: float32[...], b: float32[...], c: float32[...], d: float32[...], e: float32[...], f: float32[...], "
                        + "g: float32[...], h: float32[...], i: float32[...], o: float32[...])",
                """
                const ten = int64[] {10}
                const step = int64[] {1}
                a = Reshape(x, shape)
                b = Reshape(x, flat)
                c, d = Split(x, cut) {axis = 1}
                e, e2 = TopK(x, k) {axis = 1}
                f = Resize(img, _, _, to)
                g = Resize(img, _, by)
                range = Range(from, ten, step)
                h = Cast(range) {to = 1}
                i = Slice(x, start, end)
                o = Expand(x, big)
                """);
        Map<String, HostTensor> made = inputs(model, 1);
        assertThat(longs(made.get("shape"))).containsExactly(4L, 6L);
        assertThat(longs(made.get("flat"))).containsExactly(1L, 1L, -1L);
        assertThat(longs(made.get("cut"))).containsExactly(3L, 3L);
        assertThat(longs(made.get("k"))).containsExactly(2L);
        assertThat(longs(made.get("to"))).containsExactly(1L, 3L, 8L, 8L);
        Path file = folder.resolve("sizes.onnx");
        Formats.export(model, file, JobContext.quiet());
        assertThat(PlainOrt.run(file, made))
                .hasSize(10)
                .allSatisfy((name, shape) -> assertThat(shape).doesNotContain("[0"));
    }

    @Test
    void anInputThatIsNoTensorIsRefusedByName() throws Exception {
        Model model = model("(xs: seq(float32[2])) -> (y: float32[2])", """
                const zero = int64[] {0}
                y = SequenceAt(xs, zero)
                """);
        assertThatThrownBy(() -> inputs(model, 1))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("xs");
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
        Model model = model("(x: float32[batch, 8]) -> (y: float32[batch, 8])", "y = Relu(x)");
        assertThat(bytes(inputs(model, 3).get("x")))
                .isEqualTo(bytes(inputs(model, 3).get("x")));
        assertThat(bytes(inputs(model, 3).get("x")))
                .isNotEqualTo(bytes(inputs(model, 4).get("x")));
    }

    private static Model model(String ends, String body) throws LatheException {
        return GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph main " + ends + " {\n" + body + "\n}\n");
    }

    private static byte[] bytes(HostTensor t) {
        return t.bytes().toArray(ValueLayout.JAVA_BYTE);
    }

    private static LongStream longs(HostTensor t) {
        assertThat(t.dtype()).isEqualTo(DType.INT64);
        return LongStream.of(t.bytes().toArray(ValueLayout.JAVA_LONG));
    }

    private static Map<String, HostTensor> inputs(Model model, long seed) throws LatheException {
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        return InputGenerator.generate(model, analysis, seed);
    }
}
