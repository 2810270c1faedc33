package dev.lathe.graph.io.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextImporterTest {
    private static final String TEXT = """
            model "ONNX" ir=8
            opset "" 17
            graph g (x: float32[n, 4]) -> (y: float32[n, 4]) {
              y = Relu(x)
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aTextIsOpenedAndExportedAsOnnx() throws Exception {
        Path text = Files.writeString(folder.resolve("small.graph"), TEXT);
        Model model = Formats.open(text, JobContext.quiet());
        Path onnx = folder.resolve("small.onnx");
        Formats.export(model, onnx, JobContext.quiet());
        assertThat(GraphText.print(Formats.open(onnx, JobContext.quiet()))).isEqualTo(TEXT);
    }

    @Test
    void whatIsWrongInATextIsNamedWithItsPlace() throws Exception {
        Path text = Files.writeString(folder.resolve("bad.graph"), TEXT.replace("Relu(x)", "Relu(z)"));
        assertThatThrownBy(() -> Formats.open(text, JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .satisfies(e ->
                        assertThat(((LatheException) e).diagnostic().line()).contains("bad.graph", "line 4", "'z'"));
    }
}
