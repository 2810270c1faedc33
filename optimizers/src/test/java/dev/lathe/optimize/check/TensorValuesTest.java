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
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.torchscript.InputTypes;
import dev.lathe.profile.torchscript.TorchScript;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    @Test
    void whatIsNoTensorIsSaidToBeNone() throws Exception {
        Model model = GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[4, 2]) -> (y: float32[4, 2]) {
                  parts = SplitToSequence(x) { axis = 0 }
                  y = ConcatFromSequence(parts) { axis = 0 }
                }
                """);
        Map<String, String> left = new LinkedHashMap<>();
        List<String> taken = new ArrayList<>();
        TensorValues.of(
                model,
                TensorValues.named(model, List.of("*")),
                DimBindings.NONE,
                7,
                Scratch.PLAIN_CPU,
                new DirectRunner(),
                new TensorValues.Taker() {
                    @Override
                    public void take(String name, HostTensor value) {
                        taken.add(name);
                    }

                    @Override
                    public void left(String name, String why) {
                        left.put(name, why);
                    }
                },
                JobContext.quiet());
        assertThat(taken).containsExactly("x", "y");
        assertThat(left).containsOnlyKeys("parts");
        assertThat(left.get("parts")).contains("a sequence", "seq(float32[1, 2])");
    }

    @Test
    void ofAProgramThereIsWhatItIsGivenAndGives(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("p.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("p/code/__torch__.py", "p/constants.pkl", "p/data.pkl")) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        Model program =
                TorchScript.of(file, List.of(InputTypes.one("float32[n,2]").orElseThrow()));
        ModelRunner twice = new ModelRunner() {
            @Override
            public Session open(Path model, RunTarget target, SessionConfig config, JobContext context) {
                return new Twice();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Map<String, HostTensor> values = new LinkedHashMap<>();
        ProgramValues.of(
                program,
                List.of("in*", "output0"),
                new DimBindings(Map.of("n", 3L)),
                7,
                Scratch.PLAIN_CPU,
                twice,
                (name, v) -> values.put(name, v.copy()),
                JobContext.quiet());
        assertThat(values.keySet()).containsExactly("input0", "output0");
        assertThat(values.get("input0").dims()).containsExactly(3L, 2L);
        assertThat(at(values, "output0", 5)).isEqualTo(2 * at(values, "input0", 5));
        assertThatThrownBy(() -> ProgramValues.of(
                        program,
                        List.of("output7"),
                        new DimBindings(Map.of("n", 3L)),
                        7,
                        Scratch.PLAIN_CPU,
                        twice,
                        (name, v) -> {},
                        JobContext.quiet()))
                .isInstanceOfSatisfying(LatheException.class, e -> {
                    assertThat(e.diagnostic().line()).contains("output7", "gives no such tensor");
                    assertThat(e.diagnostic().remedy()).contains("It has input0, output0.");
                });
    }

    /// Gives twice of what it is given.
    private static final class Twice implements Session {
        @Override
        public List<TensorSpec> inputs() {
            return List.of();
        }

        @Override
        public List<TensorSpec> outputs() {
            return List.of();
        }

        @Override
        public Map<String, HostTensor> run(Map<String, HostTensor> given) {
            HostTensor x = given.get("input0").copy();
            for (long i = 0; i < x.bytes().byteSize(); i += Float.BYTES) {
                x.bytes().set(Elements.FLOAT, i, 2 * x.bytes().get(Elements.FLOAT, i));
            }
            return Map.of("output0", x);
        }

        @Override
        public Optional<Tracer> tracer() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Nothing is open.
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
