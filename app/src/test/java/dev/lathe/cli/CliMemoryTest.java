package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliMemoryTest {
    @TempDir
    Path folder;

    private CliRun inspect(long elements) throws IOException {
        Path text = Files.writeString(folder.resolve("filled.txt"), """
                model "ONNX" ir=10
                opset "" 17
                graph g (i: int64[1]) -> (y) {
                  const n = int64[1] {%d}
                  filled = ConstantOfShape(n)
                  y = Gather(filled, i) {axis = 0}
                }
                """.formatted(elements));
        return CliRun.of("inspect", text.toString(), "--json", "-");
    }

    @Test
    void whatIsComputedFromConstantsAtLoadIsTold() throws IOException {
        CliRun run = inspect(1000);
        assertThat(run.json().get("foldedBytes").asLong()).isEqualTo(4000);
        assertThat(run.json().get("peakActivationBytes").asLong()).isEqualTo(12);
    }

    @Test
    void aTerabyteFromConstantsIsSeen() throws IOException {
        CliRun run = inspect(250_000_000_000L);
        assertThat(run.json().get("foldedBytes").asLong()).isZero();
        assertThat(run.json().get("peakActivationBytes").asLong()).isEqualTo(1_000_000_000_012L);
    }
}
