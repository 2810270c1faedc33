package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that is killed while `lathe run` or `lathe split --run` measures: what was measured until then is told.
class KilledRunTest {
    private static final Duration BUSY = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    @Test
    void whatWasMeasuredIsToldAndTheMessageNamesTheModel() throws Exception {
        Path model = model();
        Path json = folder.resolve("run.json");
        CliRun run = killed(
                () -> CliRun.of("run", model, "--runs", 1_000_000_000, "--json", json),
                KilledRunTest::killedOneThatWasBusy);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip()).contains("model.onnx", "killed").doesNotContain("\n");
        assertThat(run.out()).contains("latency", "throughput");
        JsonNode told = CliRun.json(json);
        assertThat(told.get("runs").asInt()).isPositive();
        assertThat(told.get("latencyMs").get("p50").asDouble()).isPositive();
        assertThat(told.get("notes").toString()).contains("broke off");
    }

    @Test
    void stagesAndThePredictionAreKeptAndWhatWasMeasured() throws Exception {
        Path json = folder.resolve("split.json");
        Path stages = folder.resolve("stages");
        Path model = model();
        CliRun run = killed(
                () -> CliRun.of(
                        "split",
                        model,
                        "--devices",
                        "cpu:0,cpu:0",
                        "--borders",
                        3,
                        "--run",
                        "--requests",
                        1_000_000_000,
                        "-o",
                        stages,
                        "--json",
                        json),
                KilledRunTest::killedOneThatWasBusy);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip()).contains("model.onnx", "killed").doesNotContain("\n");
        assertThat(run.out()).contains("predicted", "measured");
        assertThat(stages.resolve("model.stage-1.onnx")).isNotEmptyFile();
        assertThat(stages.resolve("model.stage-2.onnx")).isNotEmptyFile();
        JsonNode told = CliRun.json(json);
        assertThat(told.get("stages")).hasSize(2);
        assertThat(told.get("predicted").get("latencyMs").asDouble()).isPositive();
        assertThat(told.get("measured").get("requests").asInt()).isPositive();
        assertThat(told.get("notes").toString()).contains("killed");
    }

    private Path model() throws IOException {
        Path model = folder.resolve("model.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, model);
        }
        return model;
    }

    private static CliRun killed(Supplier<CliRun> command, BooleanSupplier killing) throws Exception {
        CompletableFuture<CliRun> call = CompletableFuture.supplyAsync(command);
        while (!call.isDone() && !killing.getAsBoolean()) {
            Thread.onSpinWait();
        }
        return call.get(1, TimeUnit.MINUTES);
    }

    /// It has had the processor for so long that its samples have come.
    private static boolean killedOneThatWasBusy() {
        return ProcessHandle.current()
                .children()
                .filter(p -> p.info()
                        .totalCpuDuration()
                        .filter(t -> t.compareTo(BUSY) > 0)
                        .isPresent())
                .anyMatch(ProcessHandle::destroyForcibly);
    }
}
