package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.io.WeightPlacement.Division;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightPlacementTest {
    private static final WeightPlacement ONE_FILE = WeightPlacement.external(new Division.OneFile());
    private static final WeightPlacement PER_TENSOR = WeightPlacement.external(new Division.PerTensor());

    @TempDir
    Path folder;

    /// Tensors of 4,000, 40,000, 20,000 and 12 bytes, shapes, and text, beside those of a sample.
    private static Model model() throws LatheException {
        Model m = Samples.model("perceptron");
        var editor = m.graph().edit();
        editor.addInitializer("layer/0.weight", floats(1000));
        editor.addInitializer("layer:0.weight", floats(100, 100));
        editor.addInitializer("Layer_0.weight", floats(50, 100));
        editor.addInitializer("matrix", floats(1, 3));
        editor.addInitializer("shape", Tensor.of(DType.INT64, List.of(2L), Weights.Heap.of(new byte[16])));
        editor.addInitializer(
                "words", Tensor.of(DType.STRING, List.of(2L), new Weights.Strings(List.of("a".repeat(3000), "b"))));
        return m.withGraph(editor.commit());
    }

    private static Tensor floats(long... dims) {
        List<Long> shape = java.util.Arrays.stream(dims).boxed().toList();
        byte[] content =
                new byte[(int) (4 * shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b))];
        new Random(content.length).nextBytes(content);
        return Tensor.of(DType.FLOAT32, shape, Weights.Heap.of(content));
    }

    private Path export(String name, Model m, WeightPlacement weights) throws LatheException {
        Path file = folder.resolve(name);
        Formats.export(m, file, weights, JobContext.quiet());
        return file;
    }

    private static Model open(Path file) throws LatheException {
        return Formats.open(file, JobContext.quiet());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /// What a file says, wherever it keeps its tensors.
    private static String content(Path file) throws IOException {
        return WireDump.of(file).replace("external true", "external false");
    }

    /// In which file each initializer of a model lies.
    private TreeMap<String, String> places(Path file) throws LatheException {
        TreeMap<String, String> places = new TreeMap<>();
        Model m = open(file);
        m.graph().initializers().forEach((id, t) -> {
            if (t.data() instanceof Weights.Mapped w) {
                places.put(m.graph().nameOf(id), w.file().getFileName().toString());
            }
        });
        return places;
    }

    @Test
    void everyPlacementSaysTheSameAndLeadsToEveryOther() throws LatheException, IOException {
        List<WeightPlacement> all = List.of(
                WeightPlacement.inline(),
                ONE_FILE,
                PER_TENSOR,
                WeightPlacement.external(new Division.AtMost(50_000)),
                new WeightPlacement.External(0, new Division.OneFile()),
                WeightPlacement.keep());
        String expected = content(export("first.onnx", model(), WeightPlacement.inline()));
        for (WeightPlacement from : all) {
            Path before = export("before.onnx", model(), from);
            for (WeightPlacement to : all) {
                Path after = export("after.onnx", open(before), to);
                assertThat(content(after)).as("from %s to %s", from, to).isEqualTo(expected);
                assertThat(content(before)).as("from %s to %s", from, to).isEqualTo(expected);
            }
        }
    }

    @Test
    void allWeightsGoIntoTheModelFileThatThenStandsAlone() throws LatheException, IOException {
        Path apart = export("apart.onnx", model(), ONE_FILE);
        Path whole = export("whole.onnx", open(apart), WeightPlacement.inline());
        String said = content(whole);
        Path alone = Files.createDirectory(folder.resolve("alone")).resolve("m.onnx");
        Files.copy(whole, alone);

        assertThat(content(alone)).isEqualTo(said);
        assertThat(places(alone).values()).containsOnly("m.onnx");
        assertThat(files()).containsExactly("alone", "apart.onnx", "apart.onnx.data", "whole.onnx");
    }

    @Test
    void tensorsOfTheMinimumOrMoreGoIntoOneFileAligned() throws LatheException, IOException {
        Path file = export("m.onnx", model(), new WeightPlacement.External(20_000, new Division.OneFile()));

        assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
        assertThat(places(file))
                .containsEntry("layer:0.weight", "m.onnx.data")
                .containsEntry("Layer_0.weight", "m.onnx.data")
                .containsEntry("layer/0.weight", "m.onnx");
        assertThat(open(file).graph().initializers().values()).allSatisfy(t -> {
            if (t.data() instanceof Weights.Mapped w && w.file().toString().endsWith(".data")) {
                assertThat(w.offset() % 4096).isZero();
            }
        });
    }

    @Test
    void sizesAxesAndTextStayInTheModelHoweverSmallTheMinimum() throws LatheException {
        Path file = export("m.onnx", model(), new WeightPlacement.External(0, new Division.OneFile()));
        assertThat(places(file))
                .containsEntry("shape", "m.onnx")
                .containsEntry("b1", "m.onnx")
                .containsEntry("matrix", "m.onnx.data")
                .containsEntry("w1", "m.onnx.data")
                .doesNotContainKey("words");
    }

    @Test
    void aFileForEachTensorIsNamedAfterItAlsoWhereNamesAreAlike() throws LatheException, IOException {
        Path file = export("m.onnx", model(), PER_TENSOR);
        assertThat(files())
                .containsExactly(
                        "m.onnx",
                        "m.onnx.1.layer_0.weight.data",
                        "m.onnx.2.Layer_0.weight.data",
                        "m.onnx.layer_0.weight.data");
        assertThat(places(file))
                .containsEntry("layer/0.weight", "m.onnx.layer_0.weight.data")
                .containsEntry("layer:0.weight", "m.onnx.1.layer_0.weight.data")
                .containsEntry("Layer_0.weight", "m.onnx.2.Layer_0.weight.data");
    }

    @Test
    void noFileIsLargerThanAskedForUnlessOneTensorIs() throws LatheException, IOException {
        Path file = export("m.onnx", model(), WeightPlacement.external(new Division.AtMost(30_000)));
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data", "m.onnx.data_1", "m.onnx.data_2");
        assertThat(Files.size(folder.resolve("m.onnx.data"))).isEqualTo(4_000);
        assertThat(Files.size(folder.resolve("m.onnx.data_1"))).isEqualTo(40_000);
        assertThat(Files.size(folder.resolve("m.onnx.data_2"))).isEqualTo(20_000);

        // Alignment counts: 40,960 + 20,000 bytes are just too many.
        export("m.onnx", open(file), WeightPlacement.external(new Division.AtMost(65_055)));
        assertThat(Files.size(folder.resolve("m.onnx.data"))).isEqualTo(4_096 + 40_000);
        assertThat(Files.size(folder.resolve("m.onnx.data_1"))).isEqualTo(20_000);
    }

    @Test
    void aModelThatNoMessageHoldsIsNotPutIntoOneFile() throws LatheException, IOException {
        Model m = model();
        var editor = m.graph().edit();
        long elements = 600_000_000;
        editor.addInitializer(
                "big",
                Tensor.of(
                        DType.FLOAT32,
                        List.of(elements),
                        new Weights.Splat(List.of((byte) 1, (byte) 2, (byte) 3, (byte) 4), elements)));
        Model big = m.withGraph(editor.commit());
        Path file = Files.writeString(folder.resolve("m.onnx"), "precious");
        LatheException e =
                catchThrowableOfType(LatheException.class, () -> export("m.onnx", big, WeightPlacement.inline()));

        assertThat(e.diagnostic().code()).isEqualTo("model-too-large");
        assertThat(e.diagnostic().message())
                .contains("2 400 ")
                .contains("2 147 483 647")
                .contains("nothing was written");
        assertThat(e.diagnostic().remedy()).contains("Let the large tensors lie in data files beside it.");
        assertThat(Files.readString(file)).isEqualTo("precious");
        assertThat(files()).containsExactly("m.onnx");
    }

    @Test
    void anotherModelsDataFilesAreNotWrittenOver() throws LatheException, IOException {
        Path first = export("m.onnx", model(), WeightPlacement.external(new Division.AtMost(30_000)));
        String before = content(first);
        Path renamed = Files.move(first, folder.resolve("renamed.onnx"));

        Path again = export("m.onnx", open(renamed), WeightPlacement.external(new Division.AtMost(30_000)));
        assertThat(content(renamed)).isEqualTo(before);
        assertThat(content(again)).isEqualTo(before);
        assertThat(places(again)).containsEntry("Layer_0.weight", "m.onnx.1.data_2");

        // What stands at the target now gives its own files up, and no others.
        export("m.onnx", model(), WeightPlacement.external(new Division.AtMost(30_000)));
        assertThat(content(renamed)).isEqualTo(before);
        assertThat(files())
                .containsExactly(
                        "m.onnx",
                        "m.onnx.1.data",
                        "m.onnx.1.data_1",
                        "m.onnx.1.data_2",
                        "m.onnx.data",
                        "m.onnx.data_1",
                        "m.onnx.data_2",
                        "renamed.onnx");
    }

    @Test
    void aModelIsPutBackIntoItsOwnFileAndTheOldDataFileStays() throws LatheException, IOException {
        Path file = export("m.onnx", model(), ONE_FILE);
        String before = content(file);
        export("m.onnx", open(file), WeightPlacement.inline());

        assertThat(content(file)).isEqualTo(before);
        assertThat(places(file).values()).containsOnly("m.onnx");
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
    }

    @Test
    void aModelIsDividedAnewOverItsOwnFiles() throws LatheException, IOException {
        Path file = export("m.onnx", model(), WeightPlacement.external(new Division.AtMost(30_000)));
        String before = content(file);
        export("m.onnx", open(file), WeightPlacement.external(new Division.AtMost(1)));

        assertThat(content(file)).isEqualTo(before);
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data", "m.onnx.data_1", "m.onnx.data_2");
    }

    @Test
    void aDiskThatFillsUpPartWayLeavesNoFileOfSeveral() throws LatheException, IOException {
        int[] opened = {0};
        OnnxExporter exporter = new OnnxExporter(Long.MAX_VALUE, f -> new FullDisk(f, ++opened[0] < 3 ? 1 << 20 : 100));
        LatheException e = catchThrowableOfType(
                LatheException.class,
                () -> exporter.write(model(), folder.resolve("m.onnx"), PER_TENSOR, JobContext.quiet()));

        assertThat(e.diagnostic().code()).isEqualTo("disk-full");
        assertThat(opened[0]).isEqualTo(3);
        assertThat(files()).isEmpty();
    }

    @Test
    void aModelFileThatCannotTakeItsPlaceLeavesTheOldDataFiles() throws LatheException, IOException {
        Path file = export("m.onnx", model(), WeightPlacement.external(new Division.AtMost(30_000)));
        String before = content(file);
        Model other = open(file);
        // The model's own temporary file vanishes just before it would take its place.
        OnnxExporter exporter = new OnnxExporter(Long.MAX_VALUE, f -> {
            FileChannel channel = FileChannel.open(f, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (f.getFileName().toString().matches("\\.m\\.onnx\\.[0-9a-f]{8}\\.part")) {
                Files.delete(f);
            }
            return channel;
        });
        LatheException e = catchThrowableOfType(
                LatheException.class,
                () -> exporter.write(
                        other, file, WeightPlacement.external(new Division.AtMost(100_000)), JobContext.quiet()));

        assertThat(e.diagnostic().code()).isEqualTo("cannot-write");
        assertThat(content(file)).isEqualTo(before);
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data", "m.onnx.data_1", "m.onnx.data_2");
    }

    @Test
    void aCancelBetweenTheFilesLeavesNone() throws LatheException, IOException {
        Model m = model();
        JobContext stopsInTheMiddle = new JobContext() {
            private boolean half;

            @Override
            public void progress(double fraction, String step) {
                half |= fraction > 0.5;
            }

            @Override
            public boolean cancelled() {
                return half;
            }
        };
        JobCancelledException e = catchThrowableOfType(
                JobCancelledException.class,
                () -> Formats.export(m, folder.resolve("m.onnx"), PER_TENSOR, stopsInTheMiddle));
        assertThat(e).isNotNull();
        assertThat(files()).isEmpty();
    }
}
