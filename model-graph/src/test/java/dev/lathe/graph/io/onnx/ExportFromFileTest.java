package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That large weights, which go from file to file, arrive whatever became of the file they were mapped from.
class ExportFromFileTest {
    private static final int BYTES = 9_000_000;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[BYTES];
    private Path file;

    @BeforeEach
    void aModelWithALargeTensorInItsFile() throws LatheException {
        new Random(7).nextBytes(content);
        Model m = Samples.model("perceptron");
        var editor = m.graph().edit();
        editor.addInitializer("big", Tensor.of(DType.UINT8, List.of((long) BYTES), Weights.Heap.of(content)));
        file = folder.resolve("m.onnx");
        Formats.export(m.withGraph(editor.commit()), file, JobContext.quiet());
    }

    private static byte[] big(Path model) throws LatheException {
        return Formats.open(model, JobContext.quiet()).graph().initializers().values().stream()
                .filter(t -> t.data().byteSize() == BYTES)
                .findFirst()
                .orElseThrow()
                .data()
                .bytes()
                .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }

    @Test
    void whileItIsThere() throws LatheException {
        Path copy = folder.resolve("copy.onnx");
        Formats.export(Formats.open(file, JobContext.quiet()), copy, JobContext.quiet());
        assertThat(big(copy)).isEqualTo(content);
    }

    @Test
    void whenAnotherFileCameToItsPlace() throws LatheException, IOException {
        Model opened = Formats.open(file, JobContext.quiet());
        Path other = Files.write(folder.resolve("other"), new byte[BYTES + 5_000]);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        Path copy = folder.resolve("copy.onnx");
        Formats.export(opened, copy, JobContext.quiet());
        assertThat(big(copy)).isEqualTo(content);
    }

    @Test
    void whenItIsGone() throws LatheException, IOException {
        Model opened = Formats.open(file, JobContext.quiet());
        Files.delete(file);
        Path copy = folder.resolve("copy.onnx");
        Formats.export(opened, copy, JobContext.quiet());
        assertThat(big(copy)).isEqualTo(content);
    }

    /// Large tensors go from file to file, those of some 100 kB from the mapping, and small ones through the heap.
    @ParameterizedTest
    @ValueSource(ints = {BYTES, 400_000, 20_000})
    void aFileThatBecameShorterIsNamedAndNothingIsWritten(int bytes) throws LatheException, IOException {
        Model m = Samples.model("perceptron");
        var editor = m.graph().edit();
        editor.addInitializer(
                "big", Tensor.of(DType.UINT8, List.of((long) bytes), Weights.Heap.of(Arrays.copyOf(content, bytes))));
        Formats.export(m.withGraph(editor.commit()), file, JobContext.quiet());
        Model opened = Formats.open(file, JobContext.quiet());
        try (FileChannel c = FileChannel.open(file, StandardOpenOption.WRITE)) {
            c.truncate(4096);
        }
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> Formats.export(opened, folder.resolve("copy.onnx"), JobContext.quiet()));
        assertThat(e.diagnostic().message()).contains("m.onnx").contains("became shorter");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(f -> f.getFileName().toString())).containsExactly("m.onnx");
        }
    }

    @Test
    void aFileWithManySmallTensorsThatBecameShorterIsTold() throws LatheException, IOException {
        Model m = Samples.model("perceptron");
        var editor = m.graph().edit();
        for (int i = 0; i < 40; i++) {
            editor.addInitializer("small", Tensor.of(DType.UINT8, List.of(2000L), Weights.Heap.of(new byte[2000])));
        }
        Formats.export(m.withGraph(editor.commit()), file, JobContext.quiet());
        Model opened = Formats.open(file, JobContext.quiet());
        try (FileChannel c = FileChannel.open(file, StandardOpenOption.WRITE)) {
            c.truncate(4096);
        }
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> Formats.export(opened, folder.resolve("copy.onnx"), JobContext.quiet()));
        assertThat(e.diagnostic().message()).contains("m.onnx' became shorter");
        assertThat(folder.resolve("copy.onnx")).doesNotExist();
    }

    @Test
    void aFileThatBecameShorterIsStillAnalysedWithoutTheContentsThatWentWithIt() throws LatheException, IOException {
        Model shaped = GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[6]) -> (y: float32[n, m]) {
                  const s = int64[2] {2, 3}
                  y = Reshape(x, s)
                }
                """);
        var editor = shaped.graph().edit();
        editor.addInitializer("big", Tensor.of(DType.UINT8, List.of((long) BYTES), Weights.Heap.of(content)));
        // Behind the large one in the file.
        editor.removeInitializer(shaped.graph().valueNamed("s").orElseThrow().id());
        editor.setInitializer(
                shaped.graph().valueNamed("s").orElseThrow().id(),
                shaped.graph().initializers().values().iterator().next());
        Formats.export(shaped.withGraph(editor.commit()), file, JobContext.quiet());
        Model opened = Formats.open(file, JobContext.quiet());
        try (FileChannel c = FileChannel.open(file, StandardOpenOption.WRITE)) {
            c.truncate(1_000_000);
        }
        Analysis a = Analysis.of(opened, DimBindings.NONE, JobContext.quiet());
        assertThat(a.type(opened.graph().valueNamed("y").orElseThrow().id()))
                .isEqualTo(GraphText.parse(GraphText.print(shaped))
                        .graph()
                        .valueNamed("y")
                        .orElseThrow()
                        .declared());
    }

    @Test
    void aDiskThatFillsUpOnTheWayIsTold() throws LatheException {
        Model opened = Formats.open(file, JobContext.quiet());
        OnnxExporter exporter = new OnnxExporter(Long.MAX_VALUE, f -> new FullDisk(f, 5_000_000));
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> exporter.write(opened, folder.resolve("copy.onnx"), JobContext.quiet()));
        assertThat(e.diagnostic().code()).isEqualTo("disk-full");
        assertThat(folder.resolve("copy.onnx")).doesNotExist();
    }
}
