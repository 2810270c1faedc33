package dev.lathe.optimize.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.optimize.DirectRunner;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorValuesTest {
    private static final String MODEL = """
            model "ONNX" ir=8
            opset "" 17
            graph g (x: float32[n, 4]) -> (y: float32[n, 4]) {
              const two = float32[] {2.0}
              "enc/a" = Mul(x, two)
              "enc/b" = Relu("enc/a")
              y = Sqrt("enc/b")
            }
            """;

    @Test
    void whatIsInsideAModelIsWhatItsOperatorsCompute() throws Exception {
        Model model = GraphText.parse(MODEL);
        Map<String, HostTensor> values = new LinkedHashMap<>();
        TensorValues.of(
                model,
                TensorValues.named(model, List.of("x", "enc/*", "y")),
                new DimBindings(Map.of("n", 3L)),
                7,
                Scratch.PLAIN_CPU,
                new DirectRunner(),
                (name, v) -> values.put(name, v.copy()),
                JobContext.quiet());
        assertThat(values.keySet()).containsExactlyInAnyOrder("x", "enc/a", "enc/b", "y");
        for (long i = 0; i < 12; i++) {
            float x = at(values, "x", i);
            assertThat(at(values, "enc/a", i)).isEqualTo(2 * x);
            assertThat(at(values, "enc/b", i)).isEqualTo(Math.max(0, 2 * x));
            assertThat((double) at(values, "y", i)).isCloseTo(Math.sqrt(Math.max(0, 2 * x)), within(1e-6));
        }
    }

    private static float at(Map<String, HostTensor> values, String name, long i) {
        HostTensor t = values.get(name);
        assertThat(t).as(name).isNotNull();
        return t.bytes().get(Elements.FLOAT, 4 * i);
    }

    @Test
    void aNameThatIsNotThereIsRefused() throws Exception {
        Model model = GraphText.parse(MODEL);
        assertThatThrownBy(() -> TensorValues.named(model, List.of("nothing*"))).isInstanceOf(LatheException.class);
    }

    @Test
    void statisticsLeaveOutWhatIsNotFinite() {
        float[] numbers = {-1, 0, 3, Float.NaN, Float.POSITIVE_INFINITY, -0f};
        MemorySegment bytes = MemorySegment.ofArray(new byte[4 * numbers.length]);
        for (int i = 0; i < numbers.length; i++) {
            bytes.set(Elements.FLOAT, 4L * i, numbers[i]);
        }
        ValueStatistics s = ValueStatistics.of(HostTensor.of(DType.FLOAT32, List.of(6L), bytes));
        assertThat(s.nan()).isEqualTo(1);
        assertThat(s.infinite()).isEqualTo(1);
        assertThat(s.zeros()).isEqualTo(2);
        assertThat(s.min()).isEqualTo(-1);
        assertThat(s.max()).isEqualTo(3);
        assertThat(s.mean()).isCloseTo(0.5, within(1e-12));
        assertThat(s.deviation()).isCloseTo(1.5, within(1e-12));
        assertThat(s.histogram().stream().mapToLong(l -> l).sum()).isEqualTo(4);
        assertThat(s.histogram().getFirst()).isEqualTo(1);
        assertThat(s.histogram().getLast()).isEqualTo(1);
    }

    @Test
    void aNumPyFileBeginsAsItsFormatSays(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("t.npy");
        NpyFile.write(HostTensor.of(DType.INT8, List.of(3L), MemorySegment.ofArray(new byte[] {1, -2, 3})), file);
        byte[] all = Files.readAllBytes(file);
        int header = (all[8] & 255) + 256 * (all[9] & 255);
        assertThat(new String(all, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
        assertThat((10 + header) % 64).isZero();
        assertThat(new String(all, 10, header, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }")
                .endsWith("\n");
        assertThat(all).endsWith(new byte[] {1, -2, 3}).hasSize(10 + header + 3);
    }
}
