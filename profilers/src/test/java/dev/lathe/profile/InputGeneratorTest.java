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
