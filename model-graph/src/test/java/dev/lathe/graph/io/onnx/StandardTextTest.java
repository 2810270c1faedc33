package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.conformance.StandardTestData;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The standard's own test models as text, out and in again; and files with all that ONNX can hold.
class StandardTextTest {
    @TempDir
    Path folder;

    @Test
    void everyModelOfTheStandardAsTextComesBackAsTheSameText() throws LatheException, IOException {
        for (Path file : StandardTestData.models()) {
            Model model = Formats.open(file, JobContext.quiet());
            String text = GraphText.print(model, Integer.MAX_VALUE);
            Model read = GraphText.parse(text);
            assertThat(GraphText.print(read, Integer.MAX_VALUE))
                    .as(file.toString())
                    .isEqualTo(text);
            // The same text says nothing of what no text holds.
            assertThat(dumped(read)).as(file.toString()).isEqualTo(WireDump.of(file));
        }
    }

    private String dumped(Model model) throws LatheException, IOException {
        Path out = folder.resolve("out.onnx");
        Formats.export(model, out, JobContext.quiet());
        return WireDump.of(out);
    }

    @Test
    void fieldsThatNobodyKnowsAndSparseConstantsComeBackAsText() throws LatheException, IOException {
        WireWriter sparse = new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .varint(1, 1)
                                .varint(2, 1)
                                .string(8, "sp")
                                .bytes(9, new byte[4]))
                .message(2, new WireWriter().varint(1, 1).varint(2, 7).bytes(9, new byte[8]))
                .varint(3, 4);
        WireWriter node = new WireWriter()
                .string(1, "x")
                .string(1, "sp")
                .string(2, "y")
                .string(4, "Add")
                .message(
                        5,
                        new WireWriter()
                                .string(1, "odd")
                                .varint(3, 1)
                                .varint(20, 2)
                                .string(13, "of an attribute"))
                .string(6, "of a node")
                .string(777, "unknown");
        WireWriter type = new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .varint(1, 1)
                                .message(2, new WireWriter().message(1, new WireWriter().varint(1, 4))));
        WireWriter graph = new WireWriter()
                .message(1, node)
                .string(2, "g")
                .message(15, sparse)
                .message(
                        5,
                        new WireWriter()
                                .varint(1, 1)
                                .varint(2, 1)
                                .string(8, "w")
                                .bytes(9, new byte[4])
                                .string(12, "of a tensor"))
                .message(11, new WireWriter().string(1, "x").message(2, type).string(3, "of a value"))
                .message(12, new WireWriter().string(1, "y").message(2, type).string(3, "of an output"))
                .string(778, "unknown");
        byte[] model = new WireWriter()
                .varint(1, 10)
                .message(7, graph)
                .message(8, new WireWriter().varint(2, 17))
                .message(20, new WireWriter().string(2, "training"))
                .string(779, "unknown")
                .toByteArray();
        Path file = folder.resolve("odd.onnx");
        Files.write(file, model);
        Model read = Formats.open(file, JobContext.quiet());
        assertThat(dumped(read)).isEqualTo(WireDump.of(file));
        assertThat(dumped(GraphText.parse(GraphText.print(read, Integer.MAX_VALUE))))
                .isEqualTo(WireDump.of(file));
    }
}
