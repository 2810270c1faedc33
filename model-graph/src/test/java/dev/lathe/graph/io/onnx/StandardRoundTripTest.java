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
import org.junit.jupiter.api.io.TempDir;

/// The standard's own test models, out and in again.
class StandardRoundTripTest {
    @TempDir
    private Path folder;

    @Test
    void everyModelOfTheStandardComesOutAsItWentIn() throws LatheException, IOException {
        Path out = folder.resolve("out.onnx");
        for (Path file : StandardTestData.models()) {
            Formats.export(Formats.open(file, JobContext.quiet()), out, JobContext.quiet());
            assertThat(WireDump.of(out)).as(file.toString()).isEqualTo(WireDump.of(file));
        }
    }

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
