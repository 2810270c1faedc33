package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `lathe split` wrote is run as one model.
class CliPlacedTest {
    @TempDir
    Path folder;

    private Path model;
    private Path placed;

    @BeforeEach
    void aSplitModel() throws Exception {
        model = folder.resolve("mnist.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, model);
        }
        Path stages = folder.resolve("stages");
        CliRun split = CliRun.of("split", model, "--devices", "cpu,cpu:0", "--runs", 2, "-o", stages);
        assertThat(split.exit()).as(split.err()).isZero();
        placed = stages.resolve("mnist.placed.json");
        assertThat(placed).isNotEmptyFile();
    }

    @Test
    void itIsMeasuredAndComparedWithTheWhole() throws Exception {
        Path json = folder.resolve("placed.json");
        Path trace = folder.resolve("trace.json");
        CliRun run = CliRun.of("run", placed, "--engine", "several", "--runs", 5, "--json", json, "--trace", trace);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("several", "throughput");
        JsonNode told = CliRun.json(json);
        assertThat(told.get("engine").asText()).isEqualTo("several");
        assertThat(told.get("runs").asInt()).isEqualTo(5);
        assertThat(told.get("dims")).isNotEmpty();
        assertThat(told.get("layers").findValuesAsText("op")).contains("Conv");
        assertThat(told.get("layers").findValuesAsText("device"))
                .as("the stage's, not the one of who hands on")
                .contains("cpu", "cpu:0");
        assertThat(run.out()).contains("  on cpu:0", "copies between devices", "cpu → cpu:0");
        JsonNode copy = told.get("transfers").get(0);
        assertThat(copy.get("from").asText()).isEqualTo("cpu");
        assertThat(copy.get("to").asText()).isEqualTo("cpu:0");
        assertThat(copy.get("bytes").asLong()).isPositive();
        assertThat(copy.get("count").asInt()).isEqualTo(1);
        assertThat(copy.get("p50Ms").asDouble()).isPositive();
        assertThat(CliRun.json(trace).get("traceEvents").findValuesAsText("ph"))
                .as("an arrow from a kernel of one stage to one of the other")
                .contains("s", "f");
        Path whole = folder.resolve("whole.json");
        assertThat(CliRun.of("run", model, "--runs", 5, "--json", whole).exit()).isZero();
        CliRun compared = CliRun.of("compare", whole, json);
        assertThat(compared.exit()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("engine: onnxruntime / several");
    }

    @Test
    void theEngineIsNamedWhereItIsMissing() {
        CliRun run = CliRun.of("run", placed);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--engine several").hasLineCount(1);
        CliRun other = CliRun.of("run", model, "--engine", "several");
        assertThat(other.exit()).isEqualTo(3);
        assertThat(other.err()).contains("no placed model", "lathe split").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"--device,cpu:0", "--threads,2"})
    void whereAPlacedModelRunsIsItsOwnMatter(String option, String value) {
        CliRun run = CliRun.of("run", placed, "--engine", "several", option, value);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(option, "says itself which stage runs on which device");
    }

    @Test
    void aSplitModelThatIsGoneIsSaid() throws Exception {
        Files.delete(model);
        CliRun run = CliRun.of("run", placed, "--engine", "several");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("mnist.onnx", "Split it again").hasLineCount(1);
    }
}
