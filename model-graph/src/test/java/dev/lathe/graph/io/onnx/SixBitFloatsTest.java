package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.io.Formats;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Floats of 6 bits, four of which take three bytes. The numbers are what the standard's own Python package writes for
/// 1, −0.5, 2, 3.5 and 0.25.
class SixBitFloatsTest {
    private static final byte[] RAW = {8, 9, 89, 2};

    @TempDir
    private Path folder;

    private Tensor weight(WireWriter tensor) throws IOException, LatheException {
        WireWriter graph = new WireWriter().string(2, "g").message(5, tensor);
        Path file = Files.write(
                folder.resolve("six.onnx"),
                new WireWriter().varint(1, 14).message(7, graph).toByteArray());
        Model model = Formats.open(file, JobContext.quiet());
        Path again = folder.resolve("again.onnx");
        Formats.export(model, again, JobContext.quiet());
        Tensor first = only(model);
        Tensor second = only(Formats.open(again, JobContext.quiet()));
        assertThat(bytes(second)).isEqualTo(bytes(first));
        return first;
    }

    private static Tensor only(Model model) {
        return model.graph().initializers().values().iterator().next();
    }

    private static byte[] bytes(Tensor t) {
        return t.data().bytes().toArray(ValueLayout.JAVA_BYTE);
    }

    private static WireWriter tensor(DType dtype) {
        return new WireWriter().varint(1, 5).varint(2, dtype.onnxCode()).string(8, "w");
    }

    @Test
    void rawOnesAreAsTheyAre() throws IOException, LatheException {
        Tensor t = weight(tensor(DType.FLOAT6E2M3).bytes(9, RAW));
        assertThat(t.dtype()).isEqualTo(DType.FLOAT6E2M3);
        assertThat(bytes(t)).isEqualTo(RAW);
    }

    @Test
    void thoseThatLieInAFieldOfIntegersArePacked() throws IOException, LatheException {
        Tensor t = weight(tensor(DType.FLOAT6E3M2).bytes(5, new byte[] {8, 36, 16, 22, 2}));
        assertThat(t.dtype()).isEqualTo(DType.FLOAT6E3M2);
        assertThat(bytes(t)).isEqualTo(RAW);
    }
}
