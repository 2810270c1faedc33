package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A message that a file gives twice where there can be one is the two put together, as in every reader of protobuf.
class MergedFieldsTest {
    @TempDir
    Path folder;

    private static WireWriter node(String op, String in, String out) {
        return new WireWriter()
                .string(Proto.NodeField.INPUT, in)
                .string(Proto.NodeField.OUTPUT, out)
                .string(Proto.NodeField.OP_TYPE, op);
    }

    private static WireWriter named(String name) {
        return new WireWriter().string(Proto.ValueField.NAME, name);
    }

    private static WireWriter sized(long size) {
        return new WireWriter().message(2, new WireWriter().message(1, new WireWriter().varint(1, size)));
    }

    private Model opened(WireWriter... graphs) throws LatheException, IOException {
        WireWriter model = new WireWriter().varint(Proto.ModelField.IR_VERSION, 10);
        model.message(Proto.ModelField.OPSET_IMPORT, new WireWriter().varint(Proto.OpsetField.VERSION, 20));
        for (WireWriter g : graphs) {
            model.message(Proto.ModelField.GRAPH, g);
        }
        return Formats.open(Files.write(folder.resolve("twice.onnx"), model.toByteArray()), JobContext.quiet());
    }

    private Model again(Model model) throws LatheException {
        Path out = folder.resolve("again.onnx");
        Formats.export(model, out, JobContext.quiet());
        return Formats.open(out, JobContext.quiet());
    }

    @Test
    void twoGraphsAreOne() throws Exception {
        WireWriter first = new WireWriter()
                .message(Proto.GraphField.NODE, node("Neg", "a", "y"))
                .string(Proto.GraphField.NAME, "first")
                .message(Proto.GraphField.OUTPUT, named("y"));
        WireWriter second = new WireWriter()
                .message(Proto.GraphField.NODE, node("Relu", "x", "a"))
                .string(Proto.GraphField.NAME, "second")
                .message(Proto.GraphField.INPUT, named("x"));
        Graph graph = opened(first, second).graph();
        assertThat(graph.name()).isEqualTo("second");
        assertThat(graph.nodes()).extracting(n -> n.op()).containsExactly("Relu", "Neg");
    }

    @Test
    void theTypeOfATensorIsPutTogetherFromItsPieces() throws Exception {
        WireWriter input = named("x")
                .message(Proto.ValueField.TYPE, new WireWriter().message(1, new WireWriter().varint(1, 1)))
                .message(
                        Proto.ValueField.TYPE,
                        new WireWriter().message(1, sized(2)).message(1, sized(3)));
        Model model = opened(new WireWriter()
                .message(Proto.GraphField.NODE, node("Relu", "x", "y"))
                .string(Proto.GraphField.NAME, "g")
                .message(Proto.GraphField.INPUT, input)
                .message(Proto.GraphField.OUTPUT, named("y")));
        ValueType expected = ValueType.tensor(DType.FLOAT32, Shape.of(List.of(Dim.of(2), Dim.of(3))));
        for (Model m : List.of(model, again(model))) {
            Graph g = m.graph();
            assertThat(g.value(g.inputs().getFirst()).orElseThrow().declared()).isEqualTo(expected);
        }
    }

    private Model openedWithPiecesOfAShape(int dims, int pieces) throws Exception {
        WireWriter tensor = new WireWriter();
        for (int i = 0; i < pieces; i++) {
            tensor.message(2, i < dims ? new WireWriter().message(1, new WireWriter()) : new WireWriter());
        }
        WireWriter type = new WireWriter().message(Proto.TypeField.TENSOR, tensor);
        return opened(new WireWriter()
                .string(Proto.GraphField.NAME, "g")
                .message(Proto.GraphField.INPUT, named("x").message(Proto.ValueField.TYPE, type)));
    }

    @Test
    void aShapeInAHundredThousandPiecesIsReadInTheTimeOfOnePiece() throws Exception {
        Model model = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> openedWithPiecesOfAShape(1_000, 500_000));
        Graph g = model.graph();
        assertThat(g.value(g.inputs().getFirst()).orElseThrow().declared().shape())
                .isInstanceOfSatisfying(
                        Shape.Ranked.class, s -> assertThat(s.dims()).hasSize(1_000));
    }

    @Test
    void aShapeOfMoreThanAThousandDimensionsIsNone() {
        assertThatThrownBy(() -> assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> openedWithPiecesOfAShape(200_000, 200_000)))
                .isInstanceOfSatisfying(
                        LatheException.class,
                        e -> assertThat(e.diagnostic().line()).contains("more than 1024 dimensions"));
    }

    @Test
    void theElementOfASequenceIsPutTogetherAndAnotherKindOfTypeReplacesIt() throws Exception {
        WireWriter floats = new WireWriter().message(1, new WireWriter().varint(1, 1));
        WireWriter extent = new WireWriter().message(1, sized(2));
        WireWriter sequence = new WireWriter()
                .message(Proto.TypeField.SEQUENCE, new WireWriter().message(1, floats))
                .message(Proto.TypeField.SEQUENCE, new WireWriter().message(1, extent));
        WireWriter tensorAtLast = new WireWriter()
                .message(Proto.TypeField.TENSOR, sized(9))
                .message(Proto.TypeField.SEQUENCE, new WireWriter().message(1, floats))
                .message(Proto.TypeField.TENSOR, new WireWriter().varint(1, 7));
        Graph graph = opened(new WireWriter()
                        .string(Proto.GraphField.NAME, "g")
                        .message(Proto.GraphField.INPUT, named("s").message(Proto.ValueField.TYPE, sequence))
                        .message(Proto.GraphField.INPUT, named("t").message(Proto.ValueField.TYPE, tensorAtLast)))
                .graph();
        assertThat(graph.inputs())
                .extracting(i -> graph.value(i).orElseThrow().declared())
                .containsExactly(
                        new ValueType.SequenceType(ValueType.tensor(DType.FLOAT32, Shape.of(List.of(Dim.of(2))))),
                        ValueType.tensor(DType.INT64, Shape.unranked()));
    }

    @Test
    void theTensorOfAnAttributeIsPutTogetherFromItsPieces() throws Exception {
        WireWriter head = new WireWriter()
                .varint(Proto.TensorField.DATA_TYPE, 1)
                .varint(Proto.TensorField.DIMS, 1)
                .float32(Proto.TensorField.FLOAT_DATA, 3);
        WireWriter tail = new WireWriter().varint(Proto.TensorField.DIMS, 2).float32(Proto.TensorField.FLOAT_DATA, 4);
        Model model = opened(constant(head, tail));
        for (Model m : List.of(model, again(model))) {
            Tensor t = constant(m);
            assertThat(t.dims()).containsExactly(1L, 2L);
            assertThat(t.data().bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED))
                    .containsExactly(3f, 4f);
        }
    }

    @Test
    void rawBytesThatAPieceOfATensorGivesAreItsContent() throws Exception {
        WireWriter head =
                new WireWriter().varint(Proto.TensorField.DATA_TYPE, 1).bytes(9, new byte[4]);
        WireWriter tail =
                new WireWriter().varint(Proto.TensorField.DIMS, 2).bytes(9, new byte[] {0, 0, 0, 0, 0, 0, 64, 64});
        Model model = opened(constant(head, tail));
        assertThat(constant(model).data()).isInstanceOf(Weights.Heap.class);
        for (Model m : List.of(model, again(model))) {
            assertThat(constant(m).data().bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED))
                    .containsExactly(0f, 3f);
        }
    }

    private static WireWriter constant(WireWriter... pieces) {
        WireWriter value = new WireWriter().string(Proto.AttributeField.NAME, "value");
        for (WireWriter piece : pieces) {
            value.message(Proto.AttributeField.T, piece);
        }
        value.varint(Proto.AttributeField.TYPE, Proto.AttributeField.TYPE_TENSOR);
        WireWriter node = new WireWriter()
                .string(Proto.NodeField.OUTPUT, "y")
                .string(Proto.NodeField.OP_TYPE, "Constant")
                .message(Proto.NodeField.ATTRIBUTE, value);
        return new WireWriter()
                .message(Proto.GraphField.NODE, node)
                .string(Proto.GraphField.NAME, "g")
                .message(Proto.GraphField.OUTPUT, named("y"));
    }

    private static Tensor constant(Model model) {
        Attr value = model.graph().nodes().getFirst().attrs().find("value").orElseThrow();
        return ((Attr.TensorAttr) value).value();
    }

    @Test
    void theBodyOfANodeIsPutTogetherFromItsPieces() throws Exception {
        WireWriter head = new WireWriter()
                .message(Proto.GraphField.NODE, node("Neg", "b", "c"))
                .string(Proto.GraphField.NAME, "body");
        WireWriter tail = new WireWriter()
                .message(Proto.GraphField.NODE, node("Relu", "x", "b"))
                .message(Proto.GraphField.OUTPUT, named("c"));
        WireWriter branch = new WireWriter()
                .string(Proto.AttributeField.NAME, "then_branch")
                .message(Proto.AttributeField.G, head)
                .message(Proto.AttributeField.G, tail)
                .varint(Proto.AttributeField.TYPE, Proto.AttributeField.TYPE_GRAPH);
        Graph graph = opened(new WireWriter()
                        .message(Proto.GraphField.NODE, node("If", "x", "y").message(Proto.NodeField.ATTRIBUTE, branch))
                        .string(Proto.GraphField.NAME, "g")
                        .message(Proto.GraphField.INPUT, named("x"))
                        .message(Proto.GraphField.OUTPUT, named("y")))
                .graph();
        Graph body = graph.nodes().getFirst().subgraphs().getFirst();
        assertThat(body.nodes()).extracting(n -> n.op()).containsExactly("Relu", "Neg");
    }
}
