package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.conformance.StandardTestData;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The standard's own test models as text, out and in again.
class StandardTextTest {
    @Test
    void everyModelOfTheStandardAsTextComesBackAsTheSameText() throws LatheException, IOException {
        for (Path file : StandardTestData.models()) {
            Model model = Formats.open(file, JobContext.quiet());
            String text = GraphText.print(model, Integer.MAX_VALUE);
            assertThat(GraphText.print(GraphText.parse(text), Integer.MAX_VALUE))
                    .as(file.toString())
                    .isEqualTo(text);
        }
    }
}
