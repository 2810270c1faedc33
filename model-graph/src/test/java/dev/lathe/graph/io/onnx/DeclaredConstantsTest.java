package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.core.Severity;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a file declares of a constant, and what the constant is.
class DeclaredConstantsTest {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    @TempDir
    Path folder;

    private static WireWriter declared(int type, long size) {
        WireWriter shape = new WireWriter().message(1, new WireWriter().varint(1, size));
        WireWriter tensor = new WireWriter().varint(1, type).message(2, shape);
        return new WireWriter()
                .string(Proto.ValueField.NAME, "k")
                .message(Proto.ValueField.TYPE, new WireWriter().message(1, tensor));
    }

    private List<Diagnostic> found(int field, WireWriter declaration) throws Exception {
        WireWriter k = new WireWriter()
                .varint(Proto.TensorField.DIMS, 4)
                .varint(Proto.TensorField.DATA_TYPE, FLOAT)
                .string(Proto.TensorField.NAME, "k")
                .bytes(Proto.TensorField.RAW_DATA, new byte[16]);
        WireWriter node = new WireWriter().string(1, "k").string(2, "y").string(4, "Relu");
        WireWriter graph = new WireWriter()
                .message(Proto.GraphField.NODE, node)
                .string(Proto.GraphField.NAME, "g")
                .message(Proto.GraphField.INITIALIZER, k)
                .message(field, declaration)
                .message(Proto.GraphField.OUTPUT, new WireWriter().string(1, "y"));
        WireWriter model = new WireWriter()
                .varint(Proto.ModelField.IR_VERSION, 10)
                .message(Proto.ModelField.GRAPH, graph)
                .message(Proto.ModelField.OPSET_IMPORT, new WireWriter().varint(Proto.OpsetField.VERSION, 20));
        Path file = Files.write(folder.resolve("k.onnx"), model.toByteArray());
        Analysis analysis = Analysis.of(Formats.open(file, JobContext.quiet()), DimBindings.NONE, JobContext.quiet());
        return Verifier.of(analysis, JobContext.quiet()).stream()
                .filter(d -> d.place().equals(new Place.AtValue("k")))
                .toList();
    }

    @Test
    void anInputWhoseDefaultHasAnotherShapeIsAnError() throws Exception {
        assertThat(found(Proto.GraphField.INPUT, declared(FLOAT, 5)))
                .singleElement()
                .satisfies(d -> {
                    assertThat(d.severity()).isEqualTo(Severity.ERROR);
                    assertThat(d.place()).isEqualTo(new Place.AtValue("k"));
                    assertThat(d.message()).contains("[5]", "[4]");
                });
        assertThat(found(Proto.GraphField.INPUT, declared(FLOAT, 4))).isEmpty();
    }

    @Test
    void anotherShapeElsewhereIsAWarningAndAnotherTypeAnError() throws Exception {
        assertThat(found(Proto.GraphField.VALUE_INFO, declared(FLOAT, 9)))
                .singleElement()
                .satisfies(d -> assertThat(d.severity()).isEqualTo(Severity.WARNING));
        assertThat(found(Proto.GraphField.VALUE_INFO, declared(INT64, 4)))
                .singleElement()
                .satisfies(d -> assertThat(d.severity()).isEqualTo(Severity.ERROR));
    }

    @Test
    void aFaultInsideAWeightNamesItThoughTheNameComesBehind() throws Exception {
        WireWriter k = new WireWriter()
                .varint(Proto.TensorField.DIMS, -1)
                .varint(Proto.TensorField.DATA_TYPE, FLOAT)
                .string(Proto.TensorField.NAME, "kernel");
        WireWriter model = new WireWriter()
                .varint(Proto.ModelField.IR_VERSION, 10)
                .message(Proto.ModelField.GRAPH, new WireWriter().message(Proto.GraphField.INITIALIZER, k));
        Path file = Files.write(folder.resolve("k.onnx"), model.toByteArray());
        LatheException e = catchThrowableOfType(LatheException.class, () -> Formats.open(file, JobContext.quiet()));
        assertThat(e.diagnostic().message()).contains("inside weight kernel []");
    }
}
