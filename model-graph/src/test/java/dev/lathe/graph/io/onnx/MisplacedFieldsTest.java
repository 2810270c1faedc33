package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields of a number that ONNX has and of a wire type that it has not there: to protobuf they are fields that nobody
/// knows, and ONNX Runtime loads a file with them.
class MisplacedFieldsTest {
    private static final int FLOAT = 1;

    @TempDir
    Path folder;

    private Path written() throws Exception {
        WireWriter k = new WireWriter()
                .float32(Proto.TensorField.DIMS, 3)
                .varint(Proto.TensorField.DIMS, 2)
                .string(Proto.TensorField.DATA_TYPE, "x")
                .varint(Proto.TensorField.DATA_TYPE, FLOAT)
                .varint(Proto.TensorField.FLOAT_DATA, 5)
                .varint(Proto.TensorField.STRING_DATA, 7)
                .string(Proto.TensorField.NAME, "k")
                .string(Proto.TensorField.DATA_LOCATION, "far")
                .varint(Proto.TensorField.EXTERNAL_DATA, 1)
                .bytes(Proto.TensorField.RAW_DATA, new byte[8]);
        WireWriter axis = new WireWriter()
                .string(Proto.AttributeField.NAME, "axis")
                .varint(Proto.AttributeField.NAME, 1)
                .float32(Proto.AttributeField.I, 2)
                .varint(Proto.AttributeField.I, 0)
                .varint(Proto.AttributeField.T, 9)
                .varint(Proto.AttributeField.TYPE, Proto.AttributeField.TYPE_INT)
                .string(Proto.AttributeField.TYPE, "int");
        WireWriter node = new WireWriter()
                .string(Proto.NodeField.INPUT, "k")
                .varint(Proto.NodeField.INPUT, 3)
                .string(Proto.NodeField.OUTPUT, "y")
                .varint(Proto.NodeField.DOMAIN, 3)
                .varint(Proto.NodeField.OVERLOAD, 3)
                .string(Proto.NodeField.OP_TYPE, "Softmax")
                .message(Proto.NodeField.ATTRIBUTE, axis);
        WireWriter graph = new WireWriter()
                .varint(Proto.GraphField.NODE, 1)
                .message(Proto.GraphField.NODE, node)
                .varint(Proto.GraphField.NAME, 4)
                .string(Proto.GraphField.NAME, "g")
                .varint(Proto.GraphField.SPARSE_INITIALIZER, 4)
                .varint(Proto.GraphField.OUTPUT, 4)
                .varint(0x1FFF_FFFF, 6)
                .bytes(0x1FFF_FFFF, new byte[] {8, 9})
                .varint(0x1FFF_FFC2, 6)
                .message(Proto.GraphField.INITIALIZER, k)
                .message(
                        Proto.GraphField.OUTPUT,
                        new WireWriter()
                                .string(Proto.ValueField.NAME, "y")
                                .varint(Proto.ValueField.NAME, 1)
                                .message(
                                        Proto.ValueField.TYPE,
                                        new WireWriter().message(1, new WireWriter().varint(1, FLOAT))));
        WireWriter model = new WireWriter()
                .varint(Proto.ModelField.IR_VERSION, 10)
                .message(Proto.ModelField.GRAPH, graph)
                .message(
                        Proto.ModelField.OPSET_IMPORT,
                        new WireWriter()
                                .varint(Proto.OpsetField.DOMAIN, 1)
                                .string(Proto.OpsetField.VERSION, "20")
                                .varint(Proto.OpsetField.VERSION, 20));
        return Files.write(folder.resolve("in.onnx"), model.toByteArray());
    }

    @Test
    void theyAreNotTakenForWhatTheyAreNotAndComeOutAsTheyWere() throws Exception {
        Path in = written();
        Model read = Formats.open(in, JobContext.quiet());
        Analysis a = Analysis.of(read, DimBindings.NONE, JobContext.quiet());
        assertThat(Verifier.of(a, JobContext.quiet())).isEmpty();
        assertThat(a.type(read.graph().outputs().getFirst())).hasToString("float32[2]");
        Path out = folder.resolve("out.onnx");
        Formats.export(read, out, JobContext.quiet());
        assertAllThere(out);
        Path throughText = folder.resolve("text.onnx");
        Formats.export(GraphText.parse(GraphText.print(read)), throughText, JobContext.quiet());
        assertAllThere(throughText);
        assertThat(GraphText.print(Formats.open(out, JobContext.quiet()))).isEqualTo(GraphText.print(read));
    }

    private static void assertAllThere(Path file) throws Exception {
        String all = HexFormat.of().formatHex(Files.readAllBytes(file));
        for (WireWriter odd : List.of(
                new WireWriter().float32(Proto.TensorField.DIMS, 3),
                new WireWriter().string(Proto.TensorField.DATA_TYPE, "x"),
                new WireWriter().varint(Proto.TensorField.FLOAT_DATA, 5),
                new WireWriter().varint(Proto.TensorField.STRING_DATA, 7),
                new WireWriter().string(Proto.TensorField.DATA_LOCATION, "far"),
                new WireWriter().varint(Proto.TensorField.EXTERNAL_DATA, 1),
                new WireWriter().float32(Proto.AttributeField.I, 2),
                new WireWriter().varint(Proto.AttributeField.T, 9),
                new WireWriter().string(Proto.AttributeField.TYPE, "int"),
                new WireWriter().varint(Proto.NodeField.INPUT, 3),
                new WireWriter().varint(Proto.NodeField.OVERLOAD, 3),
                new WireWriter().varint(Proto.GraphField.NAME, 4),
                new WireWriter().varint(Proto.GraphField.SPARSE_INITIALIZER, 4),
                // Numbers that nobody has given a meaning yet, the last one too.
                new WireWriter()
                        .varint(0x1FFF_FFFF, 6)
                        .bytes(0x1FFF_FFFF, new byte[] {8, 9})
                        .varint(0x1FFF_FFC2, 6),
                new WireWriter().string(Proto.OpsetField.VERSION, "20"))) {
            assertThat(all).contains(HexFormat.of().formatHex(odd.toByteArray()));
        }
    }
}
