package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job from end to end on the command line: inspect, run, int8, compare, split, report.
class FullJobTest {
    @TempDir
    Path folder;

    @Test
    void aShippedSampleGoesThroughTheWholeJob() throws IOException {
        Path model = copy("/dev/lathe/assets/samples/mnist-cnn.onnx", "mnist.onnx");
        theWholeJob(model, 0.97, 1.0);
    }

    @Test
    void aRealTransformerGoesThroughTheWholeJob() throws IOException {
        Path model = copy("/all-minilm-l6-v2.onnx", "minilm.onnx");
        Path small = theWholeJob(model, 0.98, 1.0);
        assertThat(Files.size(small)).isLessThanOrEqualTo(24_000_000);
    }

    private Path theWholeJob(Path model, double minCosine, double minShrink) throws IOException {
        CliRun inspect = CliRun.of("inspect", model, "--json", "-");
        assertThat(inspect.err()).isEmpty();
        assertThat(inspect.exit()).isZero();
        assertThat(inspect.json().get("parameters").asLong()).isPositive();
        assertThat(inspect.json().get("flops").asLong()).isPositive();
        assertThat(inspect.json().get("peakActivationBytes").asLong()).isPositive();

        Path runJson = folder.resolve("run.json");
        CliRun run = CliRun.of("run", model, "--runs", 20, "--warmup", 3, "--threads", 1, "--json", runJson);
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode measured = CliRun.json(runJson);
        assertThat(measured.at("/latencyMs/p50").asDouble()).isPositive();
        double layers = measured.get("outsideLayersMs").asDouble();
        for (JsonNode layer : measured.get("layers")) {
            layers += layer.get("timeMs").asDouble();
        }
        assertThat(layers).isCloseTo(measured.get("layerSumMs").asDouble(), within(measured));

        Path small = folder.resolve("int8.onnx");
        CliRun optimize = CliRun.of(
                "optimize", model, "--pass", "simplify", "--pass", "quantize-dynamic", "-o", small, "--json", "-");
        assertThat(optimize.exit()).as(optimize.err()).isZero();
        assertThat(Files.size(small)).isLessThan((long) (Files.size(model) * minShrink));

        CliRun compare = CliRun.of("compare", model, small, "--samples", 2, "--json", "-");
        assertThat(compare.exit()).as(compare.err()).isZero();
        assertThat(compare.json().get("outputs")).isNotEmpty();
        for (JsonNode output : compare.json().get("outputs")) {
            assertThat(output.get("cosine").asDouble()).isGreaterThanOrEqualTo(minCosine);
        }

        CliRun split = CliRun.of(
                "split",
                model,
                "--devices",
                "cpu:0,cpu:0",
                "--run",
                "--requests",
                12,
                "-o",
                folder.resolve("stages"),
                "--json",
                "-");
        assertThat(split.exit()).as(split.err()).isZero();
        assertThat(split.json().get("stages")).hasSize(2);
        assertThat(split.json().at("/measured/throughputPerSecond").asDouble()).isPositive();
        assertThat(split.json().get("maxAbsDifference").asDouble()).isLessThan(1e-3);

        Path report = folder.resolve("report");
        CliRun written = CliRun.of("report", model, "--variant", "quantize-dynamic", "--runs", 10, "-o", report);
        assertThat(written.exit()).as(written.err()).isZero();
        assertThat(Files.readString(report.resolve("report.html"))).contains("quantize-dynamic", "All layers");
        assertThat(Files.readAllLines(report.resolve("layers.csv"))).hasSizeGreaterThan(5);
        assertThat(CliRun.json(report.resolve("trace.json")).get("traceEvents")).isNotEmpty();
        return small;
    }

    private static org.assertj.core.data.Offset<Double> within(JsonNode measured) {
        return org.assertj.core.data.Offset.offset(
                0.001 + 0.001 * measured.get("layerSumMs").asDouble());
    }

    private Path copy(String resource, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = FullJobTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            Files.copy(in, file);
        }
        return file;
    }
}
