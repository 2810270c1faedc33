package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.io.WeightPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExporterTest {
    private static final int ELEMENTS = 5_000_000;

    @TempDir
    Path folder;

    private static Model large() throws LatheException {
        Model m = Samples.model("perceptron");
        var editor = m.graph().edit();
        editor.addInitializer("big", Tensor.of(DType.FLOAT32, List.of((long) ELEMENTS), splat()));
        return m.withGraph(editor.commit());
    }

    private static Weights splat() {
        return new Weights.Splat(List.of((byte) 1, (byte) 2, (byte) 3, (byte) 4), ELEMENTS);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFullDiskLeavesTheTargetAsItWas() throws LatheException, IOException {
        Path target = Files.writeString(folder.resolve("m.onnx"), "precious");
        OnnxExporter exporter = new OnnxExporter(Long.MAX_VALUE, f -> new FullDisk(f, 100_000));
        LatheException e =
                catchThrowableOfType(LatheException.class, () -> exporter.write(large(), target, JobContext.quiet()));

        assertThat(e.diagnostic().code()).isEqualTo("disk-full");
        assertThat(Files.readString(target)).isEqualTo("precious");
        assertThat(files()).containsExactly("m.onnx");
    }

    /// The model that is replaced may hold the only copy of the weights that go to a new file now.
    @Test
    void aNewDataFileIsOnTheDiskBeforeTheModelThatHadItsWeightsIsReplaced() throws LatheException {
        Path target = folder.resolve("m.onnx");
        List<String> forced = new ArrayList<>();
        OnnxExporter exporter = new OnnxExporter(
                Long.MAX_VALUE,
                f -> new FullDisk(
                        f, Long.MAX_VALUE, () -> forced.add(f.getFileName().toString())));
        exporter.write(large(), target, JobContext.quiet());
        assertThat(forced).as("nothing can be lost").isEmpty();
        exporter.replace(
                target,
                Formats.open(target, JobContext.quiet()),
                WeightPlacement.external(new WeightPlacement.Division.OneFile()),
                JobContext.quiet());
        assertThat(forced).hasSize(2);
        assertThat(forced.getFirst()).startsWith(".m.onnx.data.");
        assertThat(forced.getLast()).startsWith(".m.onnx.");
    }

    @Test
    void aCancelLeavesTheTargetAsItWas() throws LatheException, IOException {
        Path target = Files.writeString(folder.resolve("m.onnx"), "precious");
        JobContext stopsInTheMiddle = new JobContext() {
            private boolean half;

            @Override
            public void progress(double fraction, String step) {
                half |= fraction > 0.3;
            }

            @Override
            public boolean cancelled() {
                return half;
            }
        };
        Model model = large();
        JobCancelledException e = catchThrowableOfType(
                JobCancelledException.class, () -> new OnnxExporter().write(model, target, stopsInTheMiddle));

        assertThat(e).isNotNull();
        assertThat(Files.readString(target)).isEqualTo("precious");
        assertThat(files()).containsExactly("m.onnx");
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() throws LatheException {
        Path target = folder.resolve("nowhere/m.onnx");
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> Formats.export(Samples.model("perceptron"), target, JobContext.quiet()));
        assertThat(e.diagnostic().code()).isEqualTo("cannot-write");
        assertThat(e.diagnostic().message()).contains("nowhere");
    }

    @Test
    void aModelWithoutItsWeightsIsNotWritten() throws LatheException, IOException {
        var editor = Samples.model("perceptron").graph().edit();
        editor.addInitializer(
                "gone", Tensor.of(DType.FLOAT32, List.of(4L), new Weights.Missing(16, "the file was opened without")));
        Model m = Samples.model("perceptron").withGraph(editor.commit());
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> Formats.export(m, folder.resolve("m.onnx"), JobContext.quiet()));
        assertThat(e.diagnostic().code()).isEqualTo("weights-missing");
        assertThat(e.diagnostic().line()).contains("gone");
        assertThat(files()).isEmpty();
    }

    @Test
    void aModelIsExportedOverTheFileThatItIsMappedFrom() throws LatheException, IOException {
        Path file = folder.resolve("m.onnx");
        Formats.export(large(), file, JobContext.quiet());
        String before = WireDump.of(file);
        Model mapped = Formats.open(file, JobContext.quiet());
        Formats.export(mapped, file, JobContext.quiet());
        Formats.export(mapped, folder.resolve("again.onnx"), JobContext.quiet());

        assertThat(WireDump.of(file)).isEqualTo(before);
        assertThat(WireDump.of(folder.resolve("again.onnx"))).isEqualTo(before);
        assertThat(files()).containsExactly("again.onnx", "m.onnx");
    }

    @Test
    void tensorsInAttributesCountAsTheyStayInTheModel() throws LatheException, IOException {
        Model m = large();
        var editor = m.graph().edit();
        var node = m.graph().nodes().getFirst();
        Tensor tensor = Tensor.of(DType.FLOAT32, List.of((long) ELEMENTS), splat());
        editor.replace(node.withAttrs(node.attrs().with("constant", new Attr.TensorAttr(tensor))));
        long limit = 30_000_000;
        new OnnxExporter(limit, OnnxExporterTest::create)
                .write(m.withGraph(editor.commit()), folder.resolve("m.onnx"), JobContext.quiet());
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
        assertThat(Files.size(folder.resolve("m.onnx"))).isLessThan(limit);
    }

    @Test
    void aModelThatIsTooLargeForOneFilePutsItsWeightsBesideIt() throws LatheException, IOException {
        Path file = folder.resolve("m.onnx");
        new OnnxExporter(1_000_000, OnnxExporterTest::create).write(large(), file, JobContext.quiet());

        assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
        assertThat(Files.size(file)).isLessThan(10_000);
        Model read = Formats.open(file, JobContext.quiet());
        Tensor big = read.graph()
                .initializer(read.graph().valueNamed("big").orElseThrow().id())
                .orElseThrow();
        assertThat(big.data()).isInstanceOfSatisfying(Weights.Mapped.class, m -> {
            assertThat(m.file()).isEqualTo(folder.resolve("m.onnx.data"));
            assertThat(m.offset() % 4096).isZero();
        });
        assertThat(big.data().bytes().mismatch(splat().bytes())).isEqualTo(-1);
    }

    @Test
    void externalDataStaysExternalAlsoOverItsOwnFiles() throws LatheException, IOException {
        Path file = folder.resolve("m.onnx");
        new OnnxExporter(1_000_000, OnnxExporterTest::create).write(large(), file, JobContext.quiet());
        String before = WireDump.of(file);
        Model mapped = Formats.open(file, JobContext.quiet());
        Formats.export(mapped, file, JobContext.quiet());
        Formats.export(mapped, folder.resolve("copy.onnx"), JobContext.quiet());

        assertThat(WireDump.of(file)).isEqualTo(before);
        assertThat(WireDump.of(folder.resolve("copy.onnx"))).isEqualTo(before);
        assertThat(files()).containsExactly("copy.onnx", "copy.onnx.data", "m.onnx", "m.onnx.data");
    }

    @Test
    void anotherModelsDataFileIsNotWrittenOver() throws LatheException, IOException {
        Path file = folder.resolve("m.onnx");
        new OnnxExporter(1_000_000, OnnxExporterTest::create).write(large(), file, JobContext.quiet());
        String before = WireDump.of(file);
        Path renamed = Files.move(file, folder.resolve("renamed.onnx"));

        // Its own data file has the name that an export to the old place would take.
        Formats.export(Formats.open(renamed, JobContext.quiet()), file, JobContext.quiet());
        assertThat(WireDump.of(renamed)).isEqualTo(before);
        assertThat(files()).containsExactly("m.onnx", "m.onnx.1.data", "m.onnx.data", "renamed.onnx");
        assertThat(Formats.open(file, JobContext.quiet()).graph().initializers())
                .isNotEmpty();

        // Now the file at the target has a data file of its own, which the next export takes again.
        new OnnxExporter(1_000_000, OnnxExporterTest::create).write(large(), file, JobContext.quiet());
        assertThat(files()).containsExactly("m.onnx", "m.onnx.1.data", "m.onnx.data", "renamed.onnx");
        assertThat(WireDump.of(renamed)).isEqualTo(before);
    }

    @Test
    void aDataFileOfNobodyThatIsKnownIsNotWrittenOver() throws LatheException, IOException {
        Path data = Files.writeString(folder.resolve("m.onnx.data"), "precious");
        Path file = Files.writeString(folder.resolve("m.onnx"), "no model");
        new OnnxExporter(1_000_000, OnnxExporterTest::create).write(large(), file, JobContext.quiet());
        assertThat(Files.readString(data)).isEqualTo("precious");
        assertThat(files()).containsExactly("m.onnx", "m.onnx.1.data", "m.onnx.data");
    }

    @Test
    void aFullDiskLeavesAnOldDataFileAsItWas() throws LatheException, IOException {
        Path file = folder.resolve("m.onnx");
        new OnnxExporter(1_000_000, OnnxExporterTest::create).write(large(), file, JobContext.quiet());
        String before = WireDump.of(file);
        Model mapped = Formats.open(file, JobContext.quiet());
        OnnxExporter exporter = new OnnxExporter(1_000_000, f -> new FullDisk(f, 8 << 20));
        LatheException e =
                catchThrowableOfType(LatheException.class, () -> exporter.write(mapped, file, JobContext.quiet()));

        assertThat(e.diagnostic().code()).isEqualTo("disk-full");
        assertThat(WireDump.of(file)).isEqualTo(before);
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
    }

    private static java.nio.channels.FileChannel create(Path file) throws IOException {
        return java.nio.channels.FileChannel.open(
                file, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE);
    }
}
