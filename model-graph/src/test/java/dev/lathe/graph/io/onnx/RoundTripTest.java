package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RoundTripTest {
    static final java.util.List<String> SAMPLES = Samples.NAMES;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aModelThatIsWrittenAndReadSaysTheSame(String name) throws LatheException, IOException {
        Path first = folder.resolve("first.onnx");
        Path second = folder.resolve("second.onnx");
        Formats.export(Samples.model(name), first, JobContext.quiet());
        Model read = Formats.open(first, JobContext.quiet());

        assertThat(GraphText.print(read)).isEqualTo(Samples.text(name));
        Formats.export(read, second, JobContext.quiet());
        assertThat(WireDump.of(second)).isEqualTo(WireDump.of(first));
    }

    @Test
    void everyRealModelComesOutAsItWentIn() throws LatheException, IOException {
        for (Path model : Samples.shared()) {
            Path out = folder.resolve(model.getFileName());
            Formats.export(Formats.open(model, JobContext.quiet()), out, JobContext.quiet());
            assertThat(WireDump.of(out).equals(WireDump.of(model)))
                    .as(model.getFileName().toString())
                    .isTrue();
            Files.delete(out);
        }
    }

    @Test
    void everyRealModelAsTextComesBackAsTheSameText() throws LatheException, IOException {
        for (Path model : Samples.shared()) {
            String text = GraphText.print(Formats.open(model, JobContext.quiet()), 16);
            assertThat(GraphText.print(GraphText.parse(text), 16).equals(text))
                    .as(model.toString())
                    .isTrue();
        }
    }

    @Test
    void fieldsThatOurTypesDoNotModelAreKept() throws LatheException, IOException {
        byte[] entry = new WireWriter().string(1, "key").string(2, "value").toByteArray();
        WireWriter tensor = new WireWriter()
                .varint(1, 2)
                .varint(2, 1)
                .string(8, "w")
                .bytes(9, new byte[8])
                .string(12, "a weight")
                .bytes(16, entry);
        WireWriter denoted = new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .varint(1, 1)
                                .message(
                                        2,
                                        new WireWriter()
                                                .message(
                                                        1,
                                                        new WireWriter()
                                                                .varint(1, -1)
                                                                .string(3, "DATA_BATCH"))))
                .string(6, "IMAGE");
        WireWriter attribute =
                new WireWriter().string(1, "a").varint(3, 7).varint(20, 2).string(13, "an attribute");
        WireWriter sparse = new WireWriter()
                .string(1, "s")
                .message(
                        22,
                        new WireWriter()
                                .message(
                                        1,
                                        new WireWriter()
                                                .varint(1, 1)
                                                .varint(2, 1)
                                                .bytes(9, new byte[4]))
                                .varint(3, 9))
                .varint(20, 11);
        WireWriter node = new WireWriter()
                .string(1, "x")
                .string(1, "w")
                .string(1, "sp")
                .string(2, "y")
                .string(4, "Op")
                .message(5, attribute)
                .message(5, sparse)
                .string(6, "a node")
                .bytes(9, entry)
                .bytes(10, entry);
        WireWriter sparseConstant = new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .varint(1, 1)
                                .varint(2, 1)
                                .string(8, "sp")
                                .bytes(9, new byte[4]))
                .message(2, new WireWriter().varint(1, 1).varint(2, 7).bytes(9, new byte[8]))
                .varint(3, 100);
        WireWriter graph = new WireWriter()
                .message(1, node)
                .string(2, "g")
                .message(5, tensor)
                .message(15, sparseConstant)
                .message(11, new WireWriter().string(1, "x").message(2, denoted).string(3, "an input"))
                .message(12, new WireWriter().string(1, "y").message(2, new WireWriter()))
                .bytes(14, entry)
                .bytes(16, entry);
        WireWriter model = new WireWriter()
                .varint(1, 99)
                .message(8, new WireWriter().varint(2, 17))
                .message(7, graph)
                .message(20, new WireWriter().message(1, new WireWriter().string(2, "training")))
                .bytes(26, entry)
                .string(1000, "from the future");
        Path in = folder.resolve("in.onnx");
        Path out = folder.resolve("out.onnx");
        Files.write(in, model.toByteArray());
        Formats.export(new OnnxImporter().read(in, JobContext.quiet()), out, JobContext.quiet());

        assertThat(WireDump.of(out))
                .isEqualTo(WireDump.of(in))
                .contains(java.util.HexFormat.of()
                        .formatHex("DATA_BATCH".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void numbersInTypedFieldsAreTheSameAsRawOnes() throws LatheException, IOException {
        WireWriter packedInts =
                new WireWriter().varint(1, 3).varint(2, 7).string(8, "a").bytes(7, new byte[] {1, 2, 3});
        WireWriter looseFloats = new WireWriter()
                .varint(1, 2)
                .varint(2, 1)
                .string(8, "b")
                .float32(4, 1.5f)
                .float32(4, -2f);
        WireWriter halves =
                new WireWriter().varint(1, 1).varint(2, 10).string(8, "c").varint(5, 0x3c00);
        WireWriter signed =
                new WireWriter().varint(1, 1).varint(2, 3).string(8, "d").varint(5, -3);
        Path in = folder.resolve("typed.onnx");
        Files.write(
                in,
                new WireWriter()
                        .varint(1, 8)
                        .message(
                                7,
                                new WireWriter()
                                        .string(2, "g")
                                        .message(5, packedInts)
                                        .message(5, looseFloats)
                                        .message(5, halves)
                                        .message(5, signed))
                        .toByteArray());

        assertThat(GraphText.print(Formats.open(in, JobContext.quiet())))
                .contains("const a = int64[3] {1, 2, 3}")
                .contains("const b = float32[2] {1.5, -2.0}")
                .contains("const c = float16[1] {1.0}")
                .contains("const d = int8[1] {-3}");
    }

    @Test
    void openingLeavesWeightsInTheFile() throws LatheException, IOException {
        Path file = folder.resolve("m.onnx");
        Formats.export(Samples.model("perceptron"), file, JobContext.quiet());
        Model read = Formats.open(file, JobContext.quiet());
        assertThat(read.graph().initializers().values())
                .hasSize(3)
                .allSatisfy(t -> assertThat(t.data())
                        .isInstanceOfSatisfying(
                                Weights.Mapped.class, m -> assertThat(m.file()).isEqualTo(file)));
    }

    @Test
    void nodesOutOfOrderAreSorted() throws LatheException, IOException {
        Path in = folder.resolve("order.onnx");
        Files.write(
                in,
                new WireWriter()
                        .varint(1, 8)
                        .message(
                                7,
                                new WireWriter()
                                        .message(
                                                1,
                                                new WireWriter()
                                                        .string(1, "h")
                                                        .string(2, "y")
                                                        .string(4, "Second"))
                                        .message(
                                                1,
                                                new WireWriter()
                                                        .string(1, "x")
                                                        .string(2, "h")
                                                        .string(4, "First"))
                                        .string(2, "g")
                                        .message(11, new WireWriter().string(1, "x"))
                                        .message(12, new WireWriter().string(1, "y")))
                        .toByteArray());
        assertThat(Formats.open(in, JobContext.quiet()).graph().nodes())
                .extracting(n -> n.op())
                .containsExactly("First", "Second");
    }

    @Test
    void anEditedGraphStillHasItsSparseConstants() throws LatheException, IOException {
        WireWriter sparse = new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .varint(1, 1)
                                .varint(2, 1)
                                .string(8, "sp")
                                .bytes(9, new byte[4]))
                .message(2, new WireWriter().varint(1, 1).varint(2, 7).bytes(9, new byte[8]))
                .varint(3, 100);
        Path in = folder.resolve("sparse.onnx");
        Path out = folder.resolve("edited.onnx");
        Files.write(
                in,
                new WireWriter()
                        .varint(1, 8)
                        .message(
                                7,
                                new WireWriter()
                                        .message(
                                                1,
                                                new WireWriter()
                                                        .string(1, "sp")
                                                        .string(2, "y")
                                                        .string(4, "Op"))
                                        .string(2, "g")
                                        .message(15, sparse)
                                        .message(12, new WireWriter().string(1, "y")))
                        .toByteArray());
        Model read = Formats.open(in, JobContext.quiet());
        var editor = read.graph().edit();
        editor.replace(read.graph().nodes().getFirst().withOp("", "Other"));
        Formats.export(read.withGraph(editor.commit()), out, JobContext.quiet());

        Model again = Formats.open(out, JobContext.quiet());
        assertThat(again.graph().nodes().getFirst().op()).isEqualTo("Other");
        assertThat(again.graph().extra()).isEqualTo(read.graph().extra());
    }

    @Test
    void openingStopsWhenItsJobIsCancelled() throws LatheException {
        Path file = folder.resolve("m.onnx");
        Formats.export(Samples.model("perceptron"), file, JobContext.quiet());
        JobContext cancelled = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                // nobody looks
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> Formats.open(file, cancelled));
    }
}
