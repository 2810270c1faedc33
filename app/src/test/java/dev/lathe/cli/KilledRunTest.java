package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that is killed while `lathe run` measures: what was measured until then is told.
class KilledRunTest {
    private static final Duration BUSY = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    @Test
    void whatWasMeasuredIsToldAndTheMessageNamesTheModel() throws Exception {
        Path model = folder.resolve("model.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, model);
        }
        Path json = folder.resolve("run.json");
        CompletableFuture<CliRun> call =
                CompletableFuture.supplyAsync(() -> CliRun.of("run", model, "--runs", 1_000_000_000, "--json", json));
        while (!call.isDone() && !killedOneThatWasBusy()) {
            Thread.onSpinWait();
        }
        CliRun run = call.get(1, TimeUnit.MINUTES);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip()).contains("model.onnx", "killed").doesNotContain("\n");
        assertThat(run.out()).contains("latency", "throughput");
        JsonNode told = CliRun.json(json);
        assertThat(told.get("runs").asInt()).isPositive();
        assertThat(told.get("latencyMs").get("p50").asDouble()).isPositive();
        assertThat(told.get("notes").toString()).contains("broke off");
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
