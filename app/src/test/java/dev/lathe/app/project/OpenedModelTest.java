package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenedModelTest {
    @Test
    void aFileThatVanishedIsToldByName(@TempDir Path folder) throws LatheException {
        Model model = TinyModel.model(folder);
        assertThatThrownBy(() -> OpenedModel.bytes(folder.resolve("gone.onnx"), model))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("gone.onnx");
    }
}
