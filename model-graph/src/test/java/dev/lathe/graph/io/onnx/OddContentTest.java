package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Constants whose content does not fit their shape or type open, are told by name, and are exported as they came:
/// ONNX Runtime drops those that nothing uses unread.
class OddContentTest {
    private static final int FLOAT = 1;
    private static final int STRING = 8;
    private static final int CONTENT = 2;

    @TempDir
    Path folder;

    private static WireWriter tensor(int type) {
        return new WireWriter()
                .varint(Proto.TensorField.DIMS, CONTENT)
                .varint(Proto.TensorField.DATA_TYPE, type)
                .string(Proto.TensorField.NAME, "odd");
    }

    private static byte[] text(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    /// What ONNX Runtime takes where nothing uses it, and the standard's checker everywhere.
    private static Map<String, WireWriter> tooLong() {
        return Map.of(
                "a float more, packed", tensor(FLOAT).bytes(Proto.TensorField.FLOAT_DATA, new byte[12]),
                "a float more",
                        tensor(FLOAT)
                                .float32(Proto.TensorField.FLOAT_DATA, 1)
                                .float32(Proto.TensorField.FLOAT_DATA, 2)
                                .float32(Proto.TensorField.FLOAT_DATA, 3),
                "a byte more", tensor(FLOAT).bytes(Proto.TensorField.RAW_DATA, new byte[9]),
                "a string more",
                        tensor(STRING)
                                .string(Proto.TensorField.STRING_DATA, "a")
                                .string(Proto.TensorField.STRING_DATA, "b")
                                .string(Proto.TensorField.STRING_DATA, "c"));
    }

    /// What the checker refuses everywhere.
    private static Map<String, WireWriter> refused() {
        return Map.of(
                "strings as raw bytes", tensor(STRING).bytes(Proto.TensorField.RAW_DATA, text("ab")),
                "strings twice",
                        tensor(STRING)
                                .string(Proto.TensorField.STRING_DATA, "a")
                                .string(Proto.TensorField.STRING_DATA, "b")
                                .bytes(Proto.TensorField.RAW_DATA, text("ab")),
                "a float missing", tensor(FLOAT).float32(Proto.TensorField.FLOAT_DATA, 1),
                "a byte missing", tensor(FLOAT).bytes(Proto.TensorField.RAW_DATA, new byte[7]),
                "a string missing", tensor(STRING).string(Proto.TensorField.STRING_DATA, "a"),
                "floats as integers", tensor(FLOAT).bytes(Proto.TensorField.INT32_DATA, new byte[] {1, 2}));
    }

    private Path file(WireWriter tensor, String used) throws IOException {
        WireWriter node = new WireWriter()
                .string(Proto.NodeField.INPUT, used)
                .string(Proto.NodeField.OUTPUT, "y")
                .string(Proto.NodeField.OP_TYPE, "Identity");
        WireWriter graph = new WireWriter()
                .message(Proto.GraphField.NODE, node)
                .string(Proto.GraphField.NAME, "g")
                .message(Proto.GraphField.INITIALIZER, tensor)
                .message(Proto.GraphField.INPUT, new WireWriter().string(Proto.ValueField.NAME, "x"))
                .message(Proto.GraphField.OUTPUT, new WireWriter().string(Proto.ValueField.NAME, "y"));
        WireWriter model = new WireWriter()
                .varint(Proto.ModelField.IR_VERSION, 10)
                .message(Proto.ModelField.GRAPH, graph)
                .message(Proto.ModelField.OPSET_IMPORT, new WireWriter().varint(Proto.OpsetField.VERSION, 20));
        return Files.write(folder.resolve("odd.onnx"), model.toByteArray());
    }

    private static List<Diagnostic> found(Model model) {
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        return Verifier.of(analysis, JobContext.quiet()).stream()
                .filter(d -> d.code().equals("content-odd"))
                .toList();
    }

    private static void assertTold(Model model, String kind, Severity severity) {
        assertThat(found(model)).as(kind).singleElement().satisfies(d -> {
            assertThat(d.severity()).isEqualTo(severity);
            assertThat(d.place()).isEqualTo(new Place.AtValue("odd"));
        });
    }

    @Test
    void tooMuchContentIsAWarningUntilSomethingUsesIt() throws Exception {
        for (Map.Entry<String, WireWriter> e : tooLong().entrySet()) {
            assertTold(Formats.open(file(e.getValue(), "x"), JobContext.quiet()), e.getKey(), Severity.WARNING);
            assertTold(Formats.open(file(e.getValue(), "odd"), JobContext.quiet()), e.getKey(), Severity.ERROR);
        }
    }

    @Test
    void contentThatTheCheckerRefusesIsAnErrorUsedOrNot() throws Exception {
        for (Map.Entry<String, WireWriter> e : refused().entrySet()) {
            assertTold(Formats.open(file(e.getValue(), "x"), JobContext.quiet()), e.getKey(), Severity.ERROR);
            assertTold(Formats.open(file(e.getValue(), "odd"), JobContext.quiet()), e.getKey(), Severity.ERROR);
        }
    }

    @Test
    void rawBytesBesideADataFileAndAPlaceBesideRawBytesAreKept() throws Exception {
        Files.write(folder.resolve("w.bin"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        WireWriter entry =
                new WireWriter().string(Proto.EntryField.KEY, "location").string(Proto.EntryField.VALUE, "w.bin");
        byte[] other = {9, 9, 9, 9, 9, 9, 9, 9};
        for (long location : new long[] {1, 0}) {
            Path file = file(
                    tensor(FLOAT)
                            .bytes(Proto.TensorField.RAW_DATA, other)
                            .message(Proto.TensorField.EXTERNAL_DATA, entry)
                            .varint(Proto.TensorField.DATA_LOCATION, location),
                    "odd");
            Model model = Formats.open(file, JobContext.quiet());
            Path out = folder.resolve("out" + location + ".onnx");
            Formats.export(model, out, JobContext.quiet());
            Tensor back = Formats.open(out, JobContext.quiet()).graph().initializers().values().stream()
                    .findFirst()
                    .orElseThrow();
            assertThat(ExternalMark.isOn(back.extra())).isEqualTo(location == 1);
            int kept = location == 1 ? Proto.TensorField.RAW_DATA : Proto.TensorField.EXTERNAL_DATA;
            assertThat(ExtraScan.has(back.extra(), kept)).as("field " + kept).isTrue();
            assertThat(TwofoldContent.isIn(back)).isEqualTo(location == 1);
        }
    }

    @Test
    void aFileOfMuchContentThatDoesNotFitIsNotCopiedToTheHeap() throws Exception {
        WireWriter large = tensor(FLOAT).bytes(Proto.TensorField.RAW_DATA, new byte[17 << 20]);
        assertThatThrownBy(() -> Formats.open(file(large, "x"), JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("odd")
                .hasMessageContaining("needs 8 bytes");
        OddContent.Room room = new OddContent.Room();
        assertThat(room.hasRoomFor(10 << 20)).isTrue();
        assertThat(room.hasRoomFor(7 << 20)).as("of the file, not of a tensor").isFalse();
        assertThat(room.hasRoomFor(1)).isFalse();
    }

    @Test
    void oddContentIsExportedAsItCameThroughTheTextFormToo() throws Exception {
        for (Map<String, WireWriter> all : List.of(tooLong(), refused())) {
            for (Map.Entry<String, WireWriter> e : all.entrySet()) {
                Path file = file(e.getValue(), "x");
                Model model = Formats.open(file, JobContext.quiet());
                List<String> original = initializer(file);
                assertThat(exported(model)).as(e.getKey()).isEqualTo(original);
                Model again = GraphText.parse(GraphText.print(model));
                assertThat(exported(again)).as(e.getKey()).isEqualTo(original);
            }
        }
    }

    private List<String> exported(Model model) throws LatheException, IOException, WireFault {
        Path out = folder.resolve("out.onnx");
        Formats.export(model, out, JobContext.quiet());
        return initializer(out);
    }

    /// The fields of the only initializer, which may come in any order.
    private static List<String> initializer(Path file) throws IOException, WireFault {
        List<String> fields = new ArrayList<>();
        WireReader model = WireReader.of(MemorySegment.ofArray(Files.readAllBytes(file)));
        WireReader tensor = field(field(model, Proto.ModelField.GRAPH), Proto.GraphField.INITIALIZER);
        while (tensor.next()) {
            fields.add(HexFormat.of().formatHex(tensor.copy(tensor.skipWhole())));
        }
        Collections.sort(fields);
        return fields;
    }

    private static WireReader field(WireReader message, int number) throws WireFault {
        while (message.next()) {
            if (message.field() == number) {
                return message.message();
            }
            message.skip();
        }
        throw new AssertionError("no field " + number);
    }

    @Test
    void aConstantInANodeMayBeOddToo() throws Exception {
        WireWriter value = new WireWriter()
                .string(Proto.AttributeField.NAME, "value")
                .message(Proto.AttributeField.T, tensor(FLOAT).bytes(Proto.TensorField.RAW_DATA, new byte[7]))
                .varint(Proto.AttributeField.TYPE, Proto.AttributeField.TYPE_TENSOR);
        WireWriter node = new WireWriter()
                .string(Proto.NodeField.OUTPUT, "y")
                .string(Proto.NodeField.NAME, "k")
                .string(Proto.NodeField.OP_TYPE, "Constant")
                .message(Proto.NodeField.ATTRIBUTE, value);
        WireWriter graph = new WireWriter()
                .message(Proto.GraphField.NODE, node)
                .string(Proto.GraphField.NAME, "g")
                .message(Proto.GraphField.OUTPUT, new WireWriter().string(Proto.ValueField.NAME, "y"));
        WireWriter model = new WireWriter()
                .varint(Proto.ModelField.IR_VERSION, 10)
                .message(Proto.ModelField.GRAPH, graph)
                .message(Proto.ModelField.OPSET_IMPORT, new WireWriter().varint(Proto.OpsetField.VERSION, 20));
        Model opened = Formats.open(Files.write(folder.resolve("k.onnx"), model.toByteArray()), JobContext.quiet());
        assertThat(found(opened)).singleElement().satisfies(d -> {
            assertThat(d.severity()).isEqualTo(Severity.ERROR);
            assertThat(d.place()).isEqualTo(new Place.AtNode("k", "Constant"));
            assertThat(d.message()).contains("has 7 bytes").contains("[2] needs 8 bytes");
        });
    }
}
