package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadFileTest {
    @TempDir
    Path folder;

    private Diagnostic problem(byte[] content) throws IOException {
        Path file = folder.resolve("bad.onnx");
        Files.write(file, content);
        LatheException e = catchThrowableOfType(LatheException.class, () -> Formats.open(file, JobContext.quiet()));
        assertThat(e).as("the file should not open").isNotNull();
        assertThat(e.diagnostic().line()).doesNotContain("\n");
        return e.diagnostic();
    }

    private static byte[] model(WireWriter graph) {
        return new WireWriter().varint(1, 8).message(7, graph.string(2, "g")).toByteArray();
    }

    private static WireWriter floats(String name, long count) {
        return new WireWriter().varint(1, count).varint(2, 1).string(8, name);
    }

    private static WireWriter external(WireWriter tensor, String key, String value) {
        return tensor.message(13, new WireWriter().string(1, key).string(2, value));
    }

    private static WireWriter externalAt(String location) {
        return external(floats("w", 4), "location", location).varint(14, 1);
    }

    @Test
    void anEmptyFileIsCalledEmpty() throws IOException {
        assertThat(problem(new byte[0]).code()).isEqualTo("file-empty");
    }

    @Test
    void aFileThatIsNotThereIsMissing() {
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> Formats.open(folder.resolve("no.onnx"), JobContext.quiet()));
        assertThat(e.diagnostic().code()).isEqualTo("file-missing");
    }

    @Test
    void aTextFileRenamedIsNoModelAndTheMessageSaysText() throws IOException {
        Diagnostic d = problem("Dear reader,\nthis is not a network.\n".getBytes(StandardCharsets.UTF_8));
        assertThat(d.code()).isEqualTo("not-a-model");
        assertThat(d.message()).contains("plain text");
    }

    @Test
    void aLargeFilePointerIsRecognized() throws IOException {
        Diagnostic d =
                problem("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".getBytes(StandardCharsets.UTF_8));
        assertThat(d.message()).contains("Git LFS");
    }

    @Test
    void anotherProtobufFormatIsNotTakenForOnnx() throws IOException {
        for (int size : new int[] {100, 200_000}) {
            byte[] graphs = new WireWriter().bytes(2, new byte[size]).toByteArray();
            Diagnostic d =
                    problem(new WireWriter().varint(1, 1).bytes(2, graphs).toByteArray());
            assertThat(d.code()).isEqualTo("not-a-model");
            assertThat(d.message()).contains("SavedModel");
        }
    }

    @Test
    void aFolderIsNoModel() {
        LatheException e = catchThrowableOfType(LatheException.class, () -> Formats.open(folder, JobContext.quiet()));
        assertThat(e.diagnostic().code()).isEqualTo("not-a-model");
    }

    @Test
    void aFileCutInHalfNamesTheByteAndTheWeight() throws IOException {
        byte[] whole =
                model(new WireWriter().message(5, floats("encoder.weight", 1000).bytes(9, new byte[4000])));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        Diagnostic d = problem(half);
        assertThat(d.code()).isEqualTo("file-truncated");
        assertThat(d.message())
                .contains("cut off at byte " + Bytes.grouped(half.length) + " of " + Bytes.grouped(whole.length))
                .contains("inside weight encoder.weight [1000]");
    }

    @Test
    void everyPrefixOfAModelIsEitherRefusedOrWhole() throws IOException, LatheException {
        Path good = folder.resolve("good.onnx");
        Formats.export(Samples.model("branches"), good, JobContext.quiet());
        byte[] whole = Files.readAllBytes(good);
        int graphStart = 2;
        for (int length = graphStart + 1; length < whole.length; length++) {
            Diagnostic d = problem(java.util.Arrays.copyOf(whole, length));
            assertThat(d.code()).isIn("file-truncated", "model-malformed", "not-a-model");
        }
    }

    @Test
    void aShapeLargerThanAnyMemoryIsAMismatch() throws IOException {
        WireWriter t = new WireWriter()
                .varint(1, 1L << 40)
                .varint(1, 1L << 40)
                .varint(2, 1)
                .string(8, "w")
                .bytes(9, new byte[4]);
        assertThat(problem(model(new WireWriter().message(5, t))).code()).isEqualTo("tensor-size-mismatch");
    }

    @Test
    void externalDataOutsideTheFolderIsRefused() throws IOException {
        Files.write(folder.resolveSibling("secret-" + folder.getFileName()), new byte[16]);
        for (String location : new String[] {
            "../secret-" + folder.getFileName(), "/etc/passwd", "a/../../b", "C:\\data", "\\\\server\\data", "..\\x"
        }) {
            Diagnostic d = problem(model(new WireWriter().message(5, externalAt(location))));
            assertThat(d.code()).as(location).isEqualTo("external-data-outside");
            assertThat(d.message()).contains("'w'").contains(location);
        }
        Files.delete(folder.resolveSibling("secret-" + folder.getFileName()));
    }

    @Test
    void aLinkThatLeavesTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.write(elsewhere.resolve("secret.bin"), new byte[16]);
        try {
            Files.createSymbolicLink(folder.resolve("data.bin"), secret);
        } catch (UnsupportedOperationException | IOException e) {
            Assumptions.abort("no symbolic links here: " + e);
        }
        assertThat(problem(model(new WireWriter().message(5, externalAt("data.bin"))))
                        .code())
                .isEqualTo("external-data-outside");
    }

    /// As caches of downloads hold them.
    @Test
    void aModelAndItsDataThatAreLinksIntoOneFolderOpen(@TempDir Path blobs) throws Exception {
        Path model =
                Files.write(blobs.resolve("6a5c"), model(new WireWriter().message(5, externalAt("model.onnx_data"))));
        Path data = Files.write(blobs.resolve("91fe"), new byte[16]);
        Path link = folder.resolve("model.onnx");
        try {
            Files.createSymbolicLink(link, model);
            Files.createSymbolicLink(folder.resolve("model.onnx_data"), data);
        } catch (UnsupportedOperationException | IOException e) {
            Assumptions.abort("no symbolic links here: " + e);
        }
        assertThat(Formats.open(link, JobContext.quiet()).graph().parameterBytes())
                .isEqualTo(16);
    }

    @Test
    void missingExternalDataNamesTensorAndFile() throws IOException {
        Diagnostic d = problem(model(new WireWriter().message(5, externalAt("weights.bin"))));
        assertThat(d.code()).isEqualTo("external-data-missing");
        assertThat(d.message()).contains("'w'").contains("weights.bin");
    }

    @Test
    void externalDataThatIsTooShortNamesTheTensor() throws IOException {
        Files.write(folder.resolve("weights.bin"), new byte[8]);
        Diagnostic d = problem(model(new WireWriter().message(5, externalAt("weights.bin"))));
        assertThat(d.code()).isEqualTo("external-data-too-short");
        assertThat(d.message()).contains("'w'").contains("byte 8");
    }

    @Test
    void anExternalOffsetThatOverflowsIsTooShort() throws IOException {
        Files.write(folder.resolve("weights.bin"), new byte[16]);
        WireWriter t = external(externalAt("weights.bin"), "offset", Long.toString(Long.MAX_VALUE));
        assertThat(problem(model(new WireWriter().message(5, t))).code()).isEqualTo("external-data-too-short");
        WireWriter u = external(externalAt("weights.bin"), "offset", "-8");
        assertThat(problem(model(new WireWriter().message(5, u))).code()).isEqualTo("external-data-too-short");
        WireWriter v = external(externalAt("weights.bin"), "offset", "many");
        assertThat(problem(model(new WireWriter().message(5, v))).code()).isEqualTo("model-malformed");
    }

    @Test
    void aCycleNamesItsNodes() throws IOException {
        Diagnostic d = problem(model(new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .string(1, "b")
                                .string(2, "a")
                                .string(3, "forth")
                                .string(4, "Relu"))
                .message(
                        1,
                        new WireWriter()
                                .string(1, "a")
                                .string(2, "b")
                                .string(3, "back")
                                .string(4, "Relu"))
                .message(
                        1,
                        new WireWriter()
                                .string(1, "b")
                                .string(2, "c")
                                .string(3, "behind")
                                .string(4, "Relu"))));
        assertThat(d.code()).isEqualTo("graph-cycle");
        assertThat(d.message()).contains("forth").contains("back").doesNotContain("behind");
    }

    @Test
    void twoNodesThatDefineOneTensorAreRefused() throws IOException {
        Diagnostic d = problem(model(new WireWriter()
                .message(1, new WireWriter().string(2, "a").string(3, "first").string(4, "Op"))
                .message(1, new WireWriter().string(2, "a").string(3, "second").string(4, "Op"))));
        assertThat(d.code()).isEqualTo("duplicate-value");
        assertThat(d.line()).contains("second").contains("'a'");
    }

    @Test
    void aTensorThatNothingProducesIsNamed() throws IOException {
        Diagnostic d = problem(model(new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .string(1, "ghost")
                                .string(2, "a")
                                .string(3, "n")
                                .string(4, "Op"))));
        assertThat(d.code()).isEqualTo("undefined-value");
        assertThat(d.line()).contains("ghost").contains("'n'");
    }

    @Test
    void subgraphsWithoutEndAreRefused() throws IOException {
        WireWriter graph = new WireWriter().string(2, "deepest");
        for (int i = 0; i < 200; i++) {
            WireWriter attribute =
                    new WireWriter().string(1, "body").message(6, graph).varint(20, 5);
            graph = new WireWriter()
                    .message(1, new WireWriter().string(4, "Loop").message(5, attribute));
        }
        assertThat(problem(model(graph)).code()).isEqualTo("nesting-too-deep");
    }

    @Test
    void aNestedLengthBeyondItsParentNamesTheByte() throws IOException {
        // The node says 100 bytes, the graph around it has 4.
        byte[] content = {8, 8, 0x3a, 4, 0x0a, 100, 0, 0, 0x42, 0, 0, 0, 0, 0, 0};
        Diagnostic d = problem(content);
        assertThat(d.code()).isEqualTo("model-malformed");
        assertThat(d.place()).isEqualTo(new Place.InFile(folder.resolve("bad.onnx"), OptionalLong.of(4)));
    }

    @Test
    void anOperatorThatNobodyKnowsIsNoProblemOfTheFile() throws IOException, LatheException {
        Path file = folder.resolve("strange.onnx");
        Files.write(
                file,
                model(new WireWriter()
                        .message(
                                1,
                                new WireWriter()
                                        .string(2, "a")
                                        .string(4, "Frobnicate")
                                        .string(7, "org.nobody"))
                        .message(12, new WireWriter().string(1, "a"))));
        assertThat(Formats.open(file, JobContext.quiet())
                        .graph()
                        .nodes()
                        .getFirst()
                        .qualifiedOp())
                .isEqualTo("org.nobody:Frobnicate");
    }

    @Test
    void aFieldThatIsAGroupIsKeptAndOneWithoutAnEndIsRefused() throws Exception {
        byte[] model = model(new WireWriter());
        // Field 999: a group with a varint in field 7 and an empty group in field 8.
        byte[] group = {(byte) 0xBB, 0x3E, 0x38, 0x01, 0x43, 0x44, (byte) 0xBC, 0x3E};
        Path file = folder.resolve("group.onnx");
        Files.write(file, concat(model, group));
        Path out = folder.resolve("out.onnx");
        Formats.export(Formats.open(file, JobContext.quiet()), out, JobContext.quiet());
        assertThat(new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1))
                .contains(new String(group, StandardCharsets.ISO_8859_1));
        assertThat(problem(concat(model, Arrays.copyOf(group, 4))).message()).contains("999", "without an end");
        assertThat(problem(concat(model, new byte[] {(byte) 0xBC, 0x3E})).message())
                .contains("never began");
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Test
    void aNodeWithoutNameIsCalledByOperatorAndNumber() throws IOException {
        WireWriter first = new WireWriter().string(2, "a").string(4, "RandomNormal");
        assertThat(problem(model(new WireWriter()
                                .message(1, first)
                                .message(
                                        1,
                                        new WireWriter()
                                                .string(1, "q")
                                                .string(2, "b")
                                                .string(4, "Neg"))))
                        .line())
                .contains("node 'Neg_1' (Neg): uses the tensor 'q'");
        assertThat(problem(model(new WireWriter()
                                .message(1, first)
                                .message(
                                        1,
                                        new WireWriter()
                                                .string(1, "a")
                                                .string(2, "a")
                                                .string(4, "Neg"))))
                        .line())
                .contains("node 'Neg_1' (Neg): defines the tensor 'a'");
    }
}
