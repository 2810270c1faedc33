package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.edit.Edit;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a graph declares of a value in one place is not lost because it says something else in another.
class DeclarationsTest {
    @TempDir
    Path folder;

    @Test
    void anOutputThatIsAConstantKeepsItsType() throws LatheException, IOException {
        Model read = writtenAsRead(graph().message(5, constant("k"))
                .message(11, declared("x", 4))
                .message(12, declared("y", 4))
                .message(12, declared("k", 2))
                .message(1, node("Relu", "x", "y")));

        var constant = read.graph().valueNamed("k").orElseThrow();
        assertThat(constant.declared()).isNotEqualTo(ValueType.unknown());
    }

    @Test
    void aConstantThatIsDeclaredTwiceKeepsBothDeclarations() throws LatheException, IOException {
        writtenAsRead(graph().message(5, constant("k"))
                .message(12, declared("k", "N"))
                .message(13, declared("k", 2)));
    }

    @Test
    void anOutputThatIsAnInputKeepsItsOwnType() throws LatheException, IOException {
        writtenAsRead(graph().message(11, declared("x", 4)).message(12, declared("x", "N")));
        writtenAsRead(graph().message(11, declared("x", 4))
                .message(12, declared("x", "N"))
                .message(12, declared("x", "M")));
        writtenAsRead(graph().message(11, declared("x", 4)).message(12, new WireWriter().string(1, "x")));
    }

    @Test
    void anOutputThatIsASparseConstantKeepsItsType() throws LatheException, IOException {
        WireWriter sparse = new WireWriter()
                .message(1, constant("sp"))
                .message(2, new WireWriter().varint(1, 2).varint(2, 7).bytes(9, new byte[16]))
                .varint(3, 9);
        writtenAsRead(graph().message(15, sparse).message(12, declared("sp", 9)));
    }

    @Test
    void anOutputThatIsDeclaredAgainInTheSameWordsIsSoAfterwards() throws Exception {
        writtenAsRead(reluOf("other"));
        String expected = WireDump.of(folder.resolve("in.onnx"));
        Model read = writtenAsRead(reluOf("y"));

        List<Edit> rename = EditScript.parse("rename tensor y to other");
        Path out = folder.resolve("renamed.onnx");
        Formats.export(Edits.apply(read, rename, JobContext.quiet()), out, JobContext.quiet());
        assertThat(WireDump.of(out)).isEqualTo(expected);
    }

    private static WireWriter reluOf(String output) {
        return graph().message(11, declared("x", 4))
                .message(12, declared(output, 4))
                .message(13, declared(output, 4))
                .message(13, declared("x", 4))
                .message(1, node("Relu", "x", output));
    }

    @Test
    void ofTwoConstantsOfOneNameTheLastOneCountsAndBothAreKept() throws Exception {
        Model read = writtenAsRead(graph().message(5, constant("k", 1))
                .message(5, constant("k", 2))
                .message(11, declared("x", 2))
                .message(12, declared("y", 2))
                .message(1, node("Relu", "k", "y")));
        Tensor k = read.graph().initializers().values().iterator().next();
        assertThat(k.data().bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 2);
        assertThat(Verifier.of(Analysis.of(read, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()))
                .extracting(Diagnostic::code)
                .contains("constant-twice");

        Path out = folder.resolve("renamed.onnx");
        List<Edit> rename = EditScript.parse("rename tensor k to other");
        Formats.export(Edits.apply(read, rename, JobContext.quiet()), out, JobContext.quiet());
        Model renamed = Formats.open(out, JobContext.quiet());
        assertThat(KeptNames.constantsTwice(renamed.graph().extra())).containsExactly("other");
        Tensor other = renamed.graph().initializers().values().iterator().next();
        assertThat(other.data().bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 2);
    }

    @Test
    void aConstantNodeOverrulesInitializersAndEarlierConstantNodesOfItsName() throws Exception {
        Model read = writtenAsRead(graph().message(1, constantNode("k", 3))
                .message(1, constantNode("k", 4))
                .message(1, node("Relu", "k", "y"))
                .message(5, constant("k", 1))
                .message(5, constant("k", 2))
                .message(12, declared("y", 2)));
        assertThat(read.graph().nodes()).hasSize(2);
        assertThat(read.graph().initializers()).isEmpty();
        Model part = Edits.apply(read, EditScript.parse("cut (k) -> (y)"), JobContext.quiet());
        assertThat(part.graph().extra().isEmpty())
                .as("an input has no constant behind it")
                .isTrue();
        Tensor k = read.graph().nodes().getFirst().attrs().tensor("value").orElseThrow();
        assertThat(k.data().bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 4);
        assertThat(Verifier.of(Analysis.of(read, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()))
                .extracting(Diagnostic::code)
                .containsExactly("constant-twice");
    }

    @Test
    void aSparseConstantOverrulesTheOthersOfItsName() throws Exception {
        Model read = writtenAsRead(graph().message(1, constantNode("k", 3))
                .message(1, node("Relu", "k", "y"))
                .message(5, constant("k", 1))
                .message(15, sparse("k"))
                .message(12, declared("y", 9)));
        assertThat(read.graph().initializers()).isEmpty();
        assertThat(read.graph().nodes()).hasSize(1);
        Analysis analysis = Analysis.of(read, DimBindings.NONE, JobContext.quiet());
        assertThat(analysis.type(read.graph().outputs().getFirst())).hasToString("float32[9]");

        Model twice = Formats.open(
                written(graph().message(15, sparse("k"))
                        .message(15, sparse("k"))
                        .message(1, node("Relu", "k", "y"))
                        .message(12, declared("y", 9))),
                JobContext.quiet());
        assertThat(Verifier.of(Analysis.of(twice, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()))
                .anySatisfy(d -> assertThat(d.line()).contains("more than one sparse constant"));
    }

    @Test
    void aConstantInADataFileMayBeOverruled() throws Exception {
        Files.write(folder.resolve("w.bin"), new byte[8]);
        WireWriter external = new WireWriter()
                .varint(1, 2)
                .varint(2, 1)
                .string(8, "k")
                .message(13, new WireWriter().string(1, "location").string(2, "w.bin"))
                .varint(14, 1);
        Path in = written(graph().message(5, external)
                .message(5, constant("k", 2))
                .message(12, declared("y", 2))
                .message(1, node("Relu", "k", "y")));
        Model read = Formats.open(in, JobContext.quiet());
        assertThat(KeptNames.constantsTwice(read.graph().extra())).containsExactly("k");
        Path out = Files.createDirectory(folder.resolve("other")).resolve("out.onnx");
        Formats.export(read, out, JobContext.quiet());
        Model again = Formats.open(out, JobContext.quiet());
        assertThat(KeptNames.constantsTwice(again.graph().extra())).isEmpty();
        Tensor k = again.graph().initializers().values().iterator().next();
        assertThat(k.data().bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 2);
    }

    /// ONNX Runtime asks nobody for it, and takes what a caller gives in its place.
    @Test
    void aConstantNodeWithTheNameOfAnInputIsWhatTheInputIsWithoutACaller() throws Exception {
        for (boolean stored : new boolean[] {false, true}) {
            WireWriter graph = graph().message(1, constantNode("k", 3))
                    .message(1, node("Relu", "k", "y"))
                    .message(11, declared("k", 2))
                    .message(12, declared("y", 2));
            Model read = Formats.open(written(stored ? graph.message(5, constant("k", 1)) : graph), JobContext.quiet());
            assertThat(read.graph().requiredInputs()).isEmpty();
            assertThat(read.graph().inputs()).hasSize(1);
            assertThat(read.graph().nodes()).hasSize(1);
            Path out = folder.resolve("out.onnx");
            Formats.export(read, out, JobContext.quiet());
            for (Model m : List.of(read, Formats.open(out, JobContext.quiet()))) {
                Tensor k = m.graph().initializers().get(m.graph().inputs().getFirst());
                assertThat(k.data().bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 3);
            }
            assertThat(Verifier.of(Analysis.of(read, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()))
                    .extracting(Diagnostic::code)
                    .contains("constant-twice");
        }
    }

    private static WireWriter constantNode(String name, int first) {
        WireWriter value = new WireWriter()
                .string(1, "value")
                .message(5, constant("", first))
                .varint(20, 4);
        return new WireWriter().string(2, name).string(4, "Constant").message(5, value);
    }

    private static WireWriter sparse(String name) {
        return new WireWriter()
                .message(1, constant(name))
                .message(2, new WireWriter().varint(1, 2).varint(2, 7).bytes(9, new byte[] {
                            0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0
                        }))
                .varint(3, 9);
    }

    @Test
    void twoConstantsOfOneNameAndOfDifferentTypesAreRefusedAsInOnnxRuntime() throws IOException {
        Path in = written(graph().message(5, constant("k"))
                .message(
                        5,
                        new WireWriter()
                                .varint(1, 4)
                                .varint(2, 2)
                                .string(8, "k")
                                .bytes(9, new byte[4]))
                .message(12, declared("y", 2))
                .message(1, node("Relu", "k", "y")));
        assertThatThrownBy(() -> Formats.open(in, JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("two constants");
    }

    @Test
    void anInputThatIsDeclaredAgainKeepsBothDeclarations() throws LatheException, IOException {
        writtenAsRead(graph().message(11, declared("x", 4))
                .message(12, declared("y", 4))
                .message(13, declared("x", "k"))
                .message(13, declared("x", "j"))
                .message(1, node("Relu", "x", "y")));
    }

    @Test
    void branchesKeepTheTypesOfWhatTheyReturn() throws LatheException, IOException {
        WireWriter constant =
                new WireWriter().string(2, "then").message(5, constant("t")).message(12, declared("t", 2));
        WireWriter outer = new WireWriter().string(2, "else").message(12, declared("x", "N"));
        WireWriter choose = new WireWriter()
                .string(1, "c")
                .string(2, "y")
                .string(4, "If")
                .message(5, branch("then_branch", constant))
                .message(5, branch("else_branch", outer));
        writtenAsRead(graph().message(1, choose)
                .message(11, new WireWriter().string(1, "c"))
                .message(11, declared("x", 4))
                .message(12, new WireWriter().string(1, "y")));
    }

    @Test
    void anInputThatIsNoOutputAnyMoreLeavesNoDeclarationOfOne() throws LatheException, IOException {
        Path in = written(graph().message(11, declared("x", 4))
                .message(12, declared("x", "N"))
                .message(12, declared("y", 4))
                .message(1, node("Relu", "x", "y")));
        Model read = Formats.open(in, JobContext.quiet());
        var editor = read.graph().edit();
        editor.setOutputs(read.graph().outputs().subList(1, 2));
        Path out = folder.resolve("out.onnx");
        Formats.export(read.withGraph(editor.commit()), out, JobContext.quiet());

        assertThat(Formats.open(out, JobContext.quiet()).graph().outputs()).hasSize(1);
    }

    @Test
    void whatAnOutputIsDeclaredAsBesideFollowsItsTensorThroughEdits() throws Exception {
        WireWriter through = graph().message(11, declared("x", 4))
                .message(12, declared("x", "N"))
                .message(12, declared("y", 4))
                .message(1, node("Relu", "x", "y"));
        assertThat(outputsAfter(through, "rename tensor x to p")).containsExactly("p: float32[N]", "y: float32[4]");
        assertThat(outputsAfter(through, "rename tensor x to p  rename tensor y to x"))
                .containsExactly("p: float32[N]", "x: float32[4]");
        assertThat(outputsAfter(through, "type x: float32[M]"))
                .as("one tensor has one size")
                .containsExactly("x: float32[M]", "y: float32[4]");
        WireWriter longer = graph().message(11, declared("x", 4))
                .message(12, declared("x", "N"))
                .message(12, declared("z", 4))
                .message(1, node("Relu", "x", "y"))
                .message(1, node("Neg", "y", "z"));
        assertThat(outputsAfter(longer, "cut (y) -> (z)  rename tensor y to x  output x"))
                .as("another tensor of that name")
                .containsExactly("z: float32[4]", "x: float32[4]");
    }

    private List<String> outputsAfter(WireWriter graph, String script) throws LatheException, IOException, WireFault {
        Model read = Formats.open(written(graph), JobContext.quiet());
        Path out = folder.resolve("edited.onnx");
        Formats.export(Edits.apply(read, EditScript.parse(script), JobContext.quiet()), out, JobContext.quiet());
        List<String> outputs = new ArrayList<>();
        WireReader model = WireReader.of(MemorySegment.ofArray(Files.readAllBytes(out)));
        while (model.next()) {
            WireReader g = model.field() == 7 ? model.message() : skipped(model);
            while (g.next()) {
                if (g.field() == 12) {
                    ValueInfo v = ValueInfo.read(g.message());
                    outputs.add(v.name() + ": " + GraphText.print(v.type()));
                } else {
                    g.skip();
                }
            }
        }
        return outputs;
    }

    private static WireReader skipped(WireReader r) throws WireFault {
        r.skip();
        return WireReader.of(MemorySegment.ofArray(new byte[0]));
    }

    private Model writtenAsRead(WireWriter graph) throws LatheException, IOException {
        Path in = written(graph);
        Path out = folder.resolve("out.onnx");
        Model read = Formats.open(in, JobContext.quiet());
        Formats.export(read, out, JobContext.quiet());
        assertThat(WireDump.of(out)).isEqualTo(WireDump.of(in));
        return read;
    }

    private Path written(WireWriter graph) throws IOException {
        return Files.write(
                folder.resolve("in.onnx"),
                new WireWriter()
                        .varint(1, 8)
                        .message(8, new WireWriter().varint(2, 17))
                        .message(7, graph)
                        .toByteArray());
    }

    private static WireWriter graph() {
        return new WireWriter().string(2, "g");
    }

    private static WireWriter node(String op, String in, String out) {
        return new WireWriter().string(1, in).string(2, out).string(4, op);
    }

    private static WireWriter branch(String name, WireWriter graph) {
        return new WireWriter().string(1, name).message(6, graph).varint(20, 5);
    }

    private static WireWriter constant(String name) {
        return constant(name, 0);
    }

    private static WireWriter constant(String name, int first) {
        return new WireWriter().varint(1, 2).varint(2, 1).string(8, name).bytes(9, new byte[] {
            (byte) first, 0, 0, 0, 0, 0, 0, 0
        });
    }

    private static WireWriter declared(String name, long extent) {
        return declared(name, new WireWriter().varint(1, extent));
    }

    private static WireWriter declared(String name, String extent) {
        return declared(name, new WireWriter().string(2, extent));
    }

    private static WireWriter declared(String name, WireWriter dim) {
        WireWriter tensor = new WireWriter().varint(1, 1).message(2, new WireWriter().message(1, dim));
        return new WireWriter().string(1, name).message(2, new WireWriter().message(1, tensor));
    }
}
