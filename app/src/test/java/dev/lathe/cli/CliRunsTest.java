package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept of `lathe run`: a trace, and measurements that are compared.
class CliRunsTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void aModel() throws Exception {
        model = folder.resolve("model.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, model);
        }
    }

    @Test
    void theTraceHasEveryKernelWithItsLayers() throws Exception {
        Path trace = folder.resolve("trace.json");
        Path json = folder.resolve("run.json");
        CliRun run = CliRun.of("run", model, "--runs", 20, "--trace", trace, "--json", json);
        assertThat(run.exit()).as(run.err()).isZero();
        List<JsonNode> kernels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        CliRun.json(trace).get("traceEvents").forEach(e -> {
            names.add(e.get("name").asText());
            if (e.get("ph").asText().equals("X")) {
                kernels.add(e);
            }
        });
        assertThat(names).contains("process_name", "thread_name", "arena in use");
        assertThat(kernels).hasSizeGreaterThan(5).allSatisfy(k -> {
            assertThat(k.get("dur").asDouble()).isNotNegative();
            assertThat(k.get("args").get("provider").asText()).isEqualTo("CPUExecutionProvider");
        });
        assertThat(kernels)
                .anySatisfy(
                        k -> assertThat(k.get("args").get("layers").toString()).contains("Conv"));
        assertThat(CliRun.json(json).get("runTimesMs")).hasSize(20);
    }

    @Test
    void theGraphThatTheRuntimeRanIsWrittenAndEachOfItsKernelsNamesItsLayers() throws Exception {
        Path graph = folder.resolve("runtime.onnx");
        Path json = folder.resolve("run.json");
        CliRun run = CliRun.of("run", model, "--runs", 5, "--runtime-graph", graph, "--json", json);
        assertThat(run.exit()).as(run.err()).isZero();
        Model source = Formats.open(model, JobContext.quiet());
        Model runtime = Formats.open(graph, JobContext.quiet());
        assertThat(runtime.graph().nodes())
                .hasSizeLessThan(source.graph().nodes().size())
                .anyMatch(n -> n.domain().startsWith("com.microsoft"));
        Set<String> layers = new HashSet<>();
        source.graph().nodes().forEach(n -> layers.add(n.shownName()));
        JsonNode kernels = CliRun.json(json).get("kernels");
        assertThat(kernels).hasSize(runtime.graph().nodes().size());
        boolean fused = false;
        for (JsonNode k : kernels) {
            double parts = 0;
            for (JsonNode layer : k.get("layers")) {
                assertThat(layers).contains(layer.get("node").asText());
                parts += layer.get("part").asDouble();
            }
            assertThat(parts).as(k.toString()).isCloseTo(1, within(1e-6));
            fused |= k.get("layers").size() > 1;
        }
        assertThat(fused).isTrue();
        JsonNode memory = CliRun.json(json).get("tensorMemory");
        double measured = memory.get("measuredPeakBytes").asDouble();
        assertThat(memory.get("predictedFromRuntimeGraphBytes").asDouble())
                .isCloseTo(measured, within(0.15 * measured));
        CliRun text = CliRun.of("run", model, "--runs", 5, "--runtime-graph", "-", "--json", json);
        assertThat(text.out()).contains("model \"ONNX\"");
        CliRun refused = CliRun.of("run", model, "--engine", "djl-onnxruntime", "--runtime-graph", graph);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("--runtime-graph");
    }

    @Test
    void whatWasMeasuredIsToldAlthoughTheValuesCannotBeHad() throws Exception {
        Path small = folder.resolve("small.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[2]) -> (y: float32[2]) {
                  h = Tanh(x)
                  y = Sin(h)
                }
                """), small, JobContext.quiet());
        Path stored = folder.resolve("stored");
        // In the way of the tensor's file.
        Files.createDirectories(stored.resolve("h.npy").resolve("there"));
        Path json = folder.resolve("small.json");
        CliRun run = CliRun.of("run", small, "--runs", 3, "--values", "h", "--values-dir", stored, "--json", json);
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("stored");
        assertThat(run.out()).contains("latency").doesNotContain("stored in");
        JsonNode told = CliRun.json(json);
        assertThat(told.get("latencyMs").get("p50").asDouble()).isPositive();
        assertThat(told.has("values")).isFalse();
    }

    @Test
    void twoMeasurementsAreComparedLayerByLayer() throws Exception {
        Path a = folder.resolve("a.json");
        Path b = folder.resolve("b.json");
        assertThat(CliRun.of("run", model, "--runs", 20, "--threads", 1, "--json", a)
                        .exit())
                .isZero();
        assertThat(CliRun.of("run", model, "--runs", 20, "--threads", 1, "--level", "none", "--json", b)
                        .exit())
                .isZero();
        Path json = folder.resolve("compared.json");
        CliRun compared = CliRun.of("compare", a, b, "--json", json);
        assertThat(compared.exit()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("differs", "level: ", "latency", "layers, slower ones first");
        JsonNode told = CliRun.json(json);
        assertThat(told.get("latency").get("beforeMs").asDouble()).isPositive();
        assertThat(told.get("latency").get("lowPercent").isNumber()).isTrue();
        assertThat(told.get("layers")).isNotEmpty();
        double before = Double.POSITIVE_INFINITY;
        for (JsonNode g : told.get("layers")) {
            if (!g.has("onlyIn")) {
                assertThat(g.get("lossMs").asDouble()).isLessThanOrEqualTo(before);
                before = g.get("lossMs").asDouble();
            }
        }
    }

    @Test
    void whatTensorsHoldIsToldAndStored() throws Exception {
        Path json = folder.resolve("run.json");
        Path stored = folder.resolve("values");
        CliRun run = CliRun.of("run", model, "--runs", 3, "--values", "*elu*", "--values-dir", stored, "--json", json);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("deviation", "stored in");
        JsonNode values = CliRun.json(json).get("values");
        assertThat(values).isNotEmpty().allSatisfy(v -> {
            assertThat(v.get("min").asDouble()).as("after Relu").isNotNegative();
            assertThat(Path.of(v.get("file").asText())).isNotEmptyFile();
        });
        CliRun none = CliRun.of("run", model, "--values", "nothing*");
        assertThat(none.exit()).isEqualTo(3);
        assertThat(none.err().lines()).singleElement().asString().contains("nothing*", "no such tensor");
    }

    @Test
    void tensorsOfLongNamesAndSequencesAreToldAndStoredAsFarAsTheyCanBe() throws Exception {
        String name = "layer/".repeat(60);
        Path file = folder.resolve("long.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[2, 2]) -> (y: float32[2, 2]) {
                  "NAMEa" = Tanh(x)
                  "NAMEb" = Sin("NAMEa")
                  parts = SplitToSequence("NAMEb") { axis = 0 }
                  y = ConcatFromSequence(parts) { axis = 0 }
                }
                """.replace("NAME", name)), file, JobContext.quiet());
        Path json = folder.resolve("long.json");
        Path stored = folder.resolve("long");
        CliRun run = CliRun.of("run", file, "--runs", 3, "--values", "*", "--values-dir", stored, "--json", json);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("parts", "a sequence, seq(float32[1, 2])");
        try (Stream<Path> files = Files.list(stored)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .hasSize(4)
                    .contains("x.npy", "y.npy")
                    .anyMatch(f -> f.endsWith("layer_a.npy"))
                    .anyMatch(f -> f.endsWith("layer_b.npy"));
        }
        assertThat(CliRun.json(json).get("values")).anySatisfy(v -> {
            assertThat(v.get("tensor").asText()).isEqualTo("parts");
            assertThat(v.get("why").asText()).contains("a sequence");
        });
    }

    @Test
    void whatIsMeasuredIsShownWhileTheModelRuns() {
        CliRun run = CliRun.of("run", model, "--runs", 3000, "--live");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(l -> l.contains(" of 3,000 runs  p50 ")))
                .isNotEmpty();
        assertThat(run.out()).contains("latency     p50");
        assertThat(CliRun.of("run", model, "--runs", 0).exit()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoMeasurementIsNamed() throws Exception {
        Path other = folder.resolve("other.json");
        Files.writeString(other, "{\"kind\": \"recipe\"}");
        CliRun run = CliRun.of("compare", other, model);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err().lines()).singleElement().asString().contains("other.json", "no measurement");
    }
}
