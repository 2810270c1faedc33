package dev.lathe.profile.engine.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A temporary folder without room is no fault of the model.
class NoRoomForTheOptimizedModelTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskIsNamedInsteadOfTheModel() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no /dev/full");
        Path model = folder.resolve("model.onnx");
        Formats.export(
                GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n"
                        + "graph g (x: float32[4]) -> (y: float32[4]) {\n  y = Relu(x)\n}\n"),
                model,
                JobContext.quiet());
        SessionConfig config = new SessionConfig(1, SessionConfig.Level.ALL, Optional.of(full), false, Map.of());
        Diagnostic said = catchThrowableOfType(
                        LatheException.class,
                        () -> new OrtEngine().open(model, config).close())
                .diagnostic();
        assertThat(said.code()).isEqualTo("disk-full");
        assertThat(said.line()).contains("/dev", "no space", "temporary folder");
    }
}
