package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;
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

    @Test
    void openDimensionsWithoutANameInTheFileAreFreeTooByTheNameThatTheAnalysisGivesThem() throws LatheException {
        Model model = GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph free (x: float32[batch, ?], y: float32[2, 3]) -> (z: float32[batch, ?]) {
                  z = Relu(x)
                }
                """);
        assertThat(OpenedModel.freeDims(model)).containsExactly("batch", "x_d1");
    }
}
