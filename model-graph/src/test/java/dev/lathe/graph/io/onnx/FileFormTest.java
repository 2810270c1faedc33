package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of a form that the standard forbids open all the same, are told, and lose nothing.
class FileFormTest {
    private static final int UNKNOWN_FIELD = 900;

    @TempDir
    Path folder;

    private static WireWriter opset(String domain, long version) {
        return new WireWriter().text(Proto.OpsetField.DOMAIN, domain).varint(Proto.OpsetField.VERSION, version);
    }

    private static WireWriter entry(String key, String value) {
        return new WireWriter().string(Proto.EntryField.KEY, key).string(Proto.EntryField.VALUE, value);
    }

    private static WireWriter node(String op, String in, String out) {
        return new WireWriter()
                .string(Proto.NodeField.INPUT, in)
                .string(Proto.NodeField.OUTPUT, out)
                .string(Proto.NodeField.NAME, op.toLowerCase(java.util.Locale.ROOT))
                .string(Proto.NodeField.OP_TYPE, op);
    }

    private static WireWriter end(String name) {
        WireWriter tensor =
                new WireWriter().varint(1, 1).message(2, new WireWriter().message(1, new WireWriter().varint(1, 4)));
        return new WireWriter()
                .string(Proto.ValueField.NAME, name)
                .message(Proto.ValueField.TYPE, new WireWriter().message(1, tensor));
    }

    private static WireWriter alpha() {
        return new WireWriter().string(Proto.AttributeField.NAME, "alpha").float32(Proto.AttributeField.F, 1);
    }

    private static WireWriter model(Consumer<WireWriter> fields, WireWriter... nodes) {
        WireWriter graph = new WireWriter();
        for (WireWriter n : nodes) {
            graph.message(Proto.GraphField.NODE, n);
        }
        graph.string(Proto.GraphField.NAME, "g")
                .message(Proto.GraphField.INPUT, end("x"))
                .message(Proto.GraphField.OUTPUT, end("y"));
        WireWriter w = new WireWriter().varint(Proto.ModelField.IR_VERSION, 10);
        fields.accept(w);
        return w.message(Proto.ModelField.GRAPH, graph);
    }

    private static WireWriter usual(WireWriter... nodes) {
        return model(w -> w.message(Proto.ModelField.OPSET_IMPORT, opset("", 20)), nodes);
    }

    private Path file(WireWriter w) throws IOException {
        return Files.write(folder.resolve("in.onnx"), w.toByteArray());
    }

    private static List<String> found(Path file) throws LatheException {
        Model model = Formats.open(file, JobContext.quiet());
        return Verifier.of(Analysis.of(model, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()).stream()
                .map(FileFormTest::words)
                .toList();
    }

    private static String words(Diagnostic d) {
        return (d.severity() == Severity.ERROR ? "error " : "warning ") + d.code() + " @ "
                + d.place().words();
    }

    private Path written(Path in) throws LatheException {
        Path out = folder.resolve("out.onnx");
        Formats.export(Formats.open(in, JobContext.quiet()), out, JobContext.quiet());
        return out;
    }

    private Path writtenThroughText(Path in) throws LatheException {
        Path out = folder.resolve("text.onnx");
        Model again = GraphText.parse(GraphText.print(Formats.open(in, JobContext.quiet())));
        Formats.export(again, out, JobContext.quiet());
        return out;
    }

    @Test
    void nodesOutOfOrderAreToldAndWrittenInOrder() throws LatheException, IOException {
        Path in = file(usual(node("Abs", "z", "y"), node("Relu", "x", "z")));
        assertThat(found(in)).containsExactly("error nodes-unsorted @ " + "");
        assertThat(found(written(in))).isEmpty();
        assertThat(WireDump.of(written(in)))
                .isEqualTo(WireDump.of(file(usual(node("Relu", "x", "z"), node("Abs", "z", "y")))));
    }

    @Test
    void anAttributeWithoutATypeIsToldAndWrittenWithIt() throws LatheException, IOException {
        Path in = file(usual(node("LeakyRelu", "x", "y").message(Proto.NodeField.ATTRIBUTE, alpha())));
        assertThat(found(in)).containsExactly("error attribute-untyped @ node 'leakyrelu' (LeakyRelu)");
        assertThat(found(written(in))).isEmpty();
    }

    @Test
    void anAttributeWithTwoValuesIsToldAndKept() throws LatheException, IOException {
        WireWriter twofold = alpha().varint(Proto.AttributeField.TYPE, Proto.AttributeField.TYPE_FLOAT)
                .varint(Proto.AttributeField.I, 3);
        Path in = file(usual(node("LeakyRelu", "x", "y").message(Proto.NodeField.ATTRIBUTE, twofold)));
        assertThat(found(in)).containsExactly("error attribute-twofold @ node 'leakyrelu' (LeakyRelu)");
        assertThat(WireDump.of(written(in))).isEqualTo(WireDump.of(in));
    }

    @Test
    void theLongNameOfTheStandardMustBeImportedAsSuch() throws LatheException, IOException {
        WireWriter node = node("Relu", "x", "y").string(Proto.NodeField.DOMAIN, "ai.onnx");
        Path in = file(usual(node));
        assertThat(found(in)).containsExactly("error opset-missing @ node 'relu' (Relu)");
        assertThat(found(written(in))).isEmpty();
        assertThat(found(file(model(w -> w.message(Proto.ModelField.OPSET_IMPORT, opset("ai.onnx", 20)), node))))
                .isEmpty();
    }

    @Test
    void whatComesTwiceIsToldAndKept() throws LatheException, IOException {
        Path in = file(model(
                w -> w.message(Proto.ModelField.OPSET_IMPORT, opset("", 20))
                        .message(Proto.ModelField.OPSET_IMPORT, opset("", 19))
                        .message(Proto.ModelField.METADATA, entry("a", "1"))
                        .message(Proto.ModelField.METADATA, entry("a", "2")),
                node("Relu", "x", "y")));
        assertThat(found(in)).containsExactly("error metadata-twice @ ", "warning opset-twice @ ");
        assertThat(WireDump.of(written(in))).isEqualTo(WireDump.of(in));
        assertThat(WireDump.of(writtenThroughText(in))).isEqualTo(WireDump.of(in));
        Model model = Formats.open(in, JobContext.quiet());
        assertThat(model.metadata()).containsEntry("a", "2");
        assertThat(model.opsets()).containsEntry("", 19L);
    }

    @Test
    void whatIsAppendedIsPutInOrder() throws LatheException, IOException {
        WireWriter typeless = node("LeakyRelu", "x", "z").message(Proto.NodeField.ATTRIBUTE, alpha());
        WireWriter named = node("Abs", "z", "y").string(Proto.NodeField.DOMAIN, FileForm.LONG_NAME);
        Path other = file(model(
                w -> w.message(Proto.ModelField.OPSET_IMPORT, opset(FileForm.LONG_NAME, 20))
                        .message(Proto.ModelField.METADATA, entry("a", "1"))
                        .message(Proto.ModelField.METADATA, entry("a", "2")),
                named,
                typeless));
        Path first = Files.write(
                folder.resolve("first.onnx"), usual(node("Relu", "x", "y")).toByteArray());
        Model joined = Edits.apply(
                Formats.open(first, JobContext.quiet()),
                EditScript.parse("append " + GraphText.quoted(other.toString()) + " connect y to x"),
                JobContext.quiet());
        Path out = folder.resolve("joined.onnx");
        Formats.export(joined, out, JobContext.quiet());
        assertThat(found(out)).isEmpty();
    }

    @Test
    void fieldsThatNobodyKnowsInImportsAndMetadataAreKept() throws LatheException, IOException {
        WireWriter function = new WireWriter()
                .string(Proto.FunctionField.NAME, "F")
                .string(Proto.FunctionField.DOMAIN, "my")
                .message(Proto.FunctionField.OPSET_IMPORT, opset("", 20).varint(UNKNOWN_FIELD, 7));
        Path in = file(model(
                w -> w.message(Proto.ModelField.OPSET_IMPORT, opset("", 20).varint(UNKNOWN_FIELD, 5))
                        .message(Proto.ModelField.METADATA, entry("a", "1").string(UNKNOWN_FIELD, "more"))
                        .message(Proto.ModelField.FUNCTIONS, function),
                node("Relu", "x", "y")));
        assertThat(WireDump.of(written(in))).isEqualTo(WireDump.of(in)).contains("900: 6d6f7265");
        assertThat(WireDump.of(writtenThroughText(in))).isEqualTo(WireDump.of(in));
    }
}
