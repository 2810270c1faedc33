package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `lathe run --sweep`.
class CliSweepTest {
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
    void everyCombinationIsMeasuredAndTheBestOneTold() throws Exception {
        Path json = folder.resolve("sweep.json");
        CliRun run = CliRun.of(
                "run",
                model,
                "--sweep",
                "batch=1,4",
                "--sweep",
                "threads=1..2",
                "--runs",
                5,
                "--warmup",
                1,
                "--json",
                json,
                "--memory-limit",
                "8GiB");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(l -> l.contains("MiB"))).hasSize(4);
        assertThat(run.out()).contains("items/s", "most gets done within 8.00 GiB at batch=");
        JsonNode points = CliRun.json(json).get("points");
        assertThat(points).hasSize(4).allSatisfy(p -> {
            assertThat(p.get("p50Ms").asDouble()).isPositive();
            assertThat(p.get("peakMemoryBytes").asLong()).isPositive();
            assertThat(p.get("itemsPerSecond").asDouble())
                    .isCloseTo(
                            1000
                                    * p.get("dims").get("batch").asDouble()
                                    / p.get("p50Ms").asDouble(),
                            withinPercentage(0.1));
        });
        assertThat(points.get(1).get("threads").asInt())
                .as("threads change first")
                .isEqualTo(2);
        double most = 0;
        for (JsonNode p : points) {
            most = Math.max(most, p.get("itemsPerSecond").asDouble());
        }
        JsonNode best = CliRun.json(json).get("best");
        for (JsonNode p : points) {
            if (p.get("itemsPerSecond").asDouble() == most) {
                assertThat(best.get("dims")).isEqualTo(p.get("dims"));
                assertThat(best.get("threads")).isEqualTo(p.get("threads"));
            }
        }
    }

    @Test
    void runsInFlightAreVariedAndCountedByTheWallClock() throws Exception {
        Path json = folder.resolve("sweep.json");
        CliRun run = CliRun.of(
                "run", model, "--sweep", "streams=1,3", "--threads", 1, "--runs", 4, "--warmup", 1, "--json", json);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines().findFirst())
                .hasValueSatisfying(l -> assertThat(l).contains("threads", "streams", "p50"));
        JsonNode points = CliRun.json(json).get("points");
        assertThat(points)
                .hasSize(2)
                .allSatisfy(p -> assertThat(p.get("throughputPerSecond").asDouble())
                        .isEqualTo(p.get("itemsPerSecond").asDouble()));
        assertThat(points.get(1).get("streams").asInt()).isEqualTo(3);
        assertThat(points.get(1).get("runs").asInt()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void aRunWithSeveralInFlightTellsSoAndHasNoLayers() throws Exception {
        Path json = folder.resolve("run.json");
        CliRun run = CliRun.of("run", model, "--streams", 2, "--threads", 1, "--runs", 5, "--json", json);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 runs in flight", "throughput");
        assertThat(run.err()).contains("2 runs in flight").contains("no times of layers");
        JsonNode told = CliRun.json(json);
        assertThat(told.get("streams").asInt()).isEqualTo(2);
        assertThat(told.get("layers")).isEmpty();
        assertThat(CliRun.of("run", model, "--streams", 0).exit()).isEqualTo(2);
    }

    @Test
    void aSweepGoesOnWhereItWas() throws Exception {
        Path kept = folder.resolve("sweep.jsonl");
        assertThat(CliRun.of("run", model, "--sweep", "batch=1,2", "--runs", 5, "--resume", kept)
                        .exit())
                .isZero();
        List<String> before = Files.readAllLines(kept);
        assertThat(before).hasSize(3);
        // As if it had been killed while it wrote.
        Files.writeString(kept, String.join("\n", before) + "\n{\"dims\":{\"batch\":4},\"thr");
        assertThat(CliRun.of("run", model, "--sweep", "batch=1,2,4", "--runs", 5, "--resume", kept)
                        .exit())
                .isZero();
        List<String> after = Files.readAllLines(kept);
        assertThat(after.subList(0, 3)).isEqualTo(before);
        assertThat(after).hasSize(5);
        assertThat(after.getLast()).contains("\"batch\":4", "p50Nanos");
        CliRun other = CliRun.of("run", model, "--sweep", "batch=1,2", "--runs", 6, "--resume", kept);
        assertThat(other.exit()).isEqualTo(3);
        assertThat(other.err().lines()).singleElement().asString().contains("sweep.jsonl", "another way");
        assertThat(Files.readAllLines(kept)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batc=1",
                "batch",
                "batch=0",
                "batch=4..1",
                "batch=1..8*1",
                "batch=x",
                "threads=1000000",
                "streams=0",
                "streams=1000"
            })
    void whatCannotBeVariedIsToldBeforeAnythingRuns(String axis) {
        CliRun run = CliRun.of("run", model, "--sweep", axis);
        assertThat(run.exit()).isIn(2, 3);
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
