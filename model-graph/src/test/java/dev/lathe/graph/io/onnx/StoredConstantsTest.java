package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the verifier says about constants and types that only a file can have.
class StoredConstantsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "1 3,     5,   ",
        "3 1,     5,   WARNING sparse-malformed @ tensor 'k'",
        "1 1,     5,   WARNING sparse-malformed @ tensor 'k'",
        "1 9,     5,   ERROR sparse-malformed @ tensor 'k'",
        "-1 3,    5,   ERROR sparse-malformed @ tensor 'k'",
        "1 2 3,   5,   ERROR sparse-malformed @ tensor 'k'",
        "0 1,     0,   ERROR sparse-malformed @ tensor 'k'"
    })
    void indicesOfSparseConstantsAreChecked(String indices, long extent, @Nullable String found) throws Exception {
        List<Long> numbers =
                List.of(indices.split(" ")).stream().map(Long::valueOf).toList();
        WireWriter sparse = new WireWriter()
                .message(1, floats("k", 2))
                .message(
                        2,
                        new WireWriter().varint(1, numbers.size()).varint(2, 7).bytes(9, bytes(numbers)))
                .varint(3, extent);
        assertThat(findings(graph().message(15, sparse))).isEqualTo(found == null ? List.of() : List.of(found));
    }

    @Test
    void aConstantWithoutANameIsAWarning() throws Exception {
        assertThat(findings(graph().message(5, floats("", 2)))).containsExactly("WARNING constant-unnamed @ tensor ''");
    }

    /// Also where nothing uses it: the standard's checker refuses that, too.
    @Test
    void aConstantWithoutContentIsAnError() throws Exception {
        for (int type : new int[] {1, 8}) {
            WireWriter empty = new WireWriter().varint(1, 2).varint(2, type).string(8, "k");
            assertThat(findings(graph().message(5, empty))).containsExactly("ERROR content-missing @ tensor 'k'");
        }
        WireWriter nothing = new WireWriter().varint(1, 0).varint(2, 1).string(8, "k");
        assertThat(findings(graph().message(5, nothing))).isEmpty();
    }

    @Test
    void contentThatIsStoredTwiceIsAnErrorAndNothingOfItIsLost() throws Exception {
        WireWriter twice = floats("k", 2).bytes(4, new byte[4]);
        assertThat(findings(graph().message(5, twice))).containsExactly("ERROR content-twice @ tensor 'k'");
        Path out = folder.resolve("out.onnx");
        Formats.export(open(graph().message(5, twice)), out, JobContext.quiet());
        assertThat(WireDump.of(out)).isEqualTo(WireDump.of(folder.resolve("model.onnx")));
    }

    @Test
    void anInputWithoutElementTypeIsAnError() throws Exception {
        WireWriter untyped = new WireWriter().message(1, new WireWriter().message(2, new WireWriter()));
        assertThat(findings(graph().message(11, new WireWriter().string(1, "i").message(2, untyped))))
                .containsExactly("ERROR type-missing @ tensor 'i'");
    }

    private List<String> findings(WireWriter graph) throws LatheException, IOException {
        Model model = open(graph);
        return Verifier.of(model, Inference.of(model, JobContext.quiet()), JobContext.quiet()).stream()
                .map(d -> d.severity() + " " + d.code() + " @ " + d.place().words())
                .toList();
    }

    private Model open(WireWriter graph) throws LatheException, IOException {
        Path file = folder.resolve("model.onnx");
        Files.write(
                file,
                new WireWriter()
                        .varint(1, 10)
                        .message(7, graph)
                        .message(8, new WireWriter().string(1, "").varint(2, 18))
                        .toByteArray());
        return Formats.open(file, JobContext.quiet());
    }

    /// y = Relu(x), both float32[2].
    private static WireWriter graph() {
        WireWriter relu = new WireWriter().string(1, "x").string(2, "y").string(4, "Relu");
        return new WireWriter()
                .message(1, relu)
                .string(2, "g")
                .message(11, declared("x"))
                .message(12, declared("y"));
    }

    private static WireWriter declared(String name) {
        WireWriter shape = new WireWriter().message(1, new WireWriter().varint(1, 2));
        WireWriter type =
                new WireWriter().message(1, new WireWriter().varint(1, 1).message(2, shape));
        return new WireWriter().string(1, name).message(2, type);
    }

    private static WireWriter floats(String name, int count) {
        return new WireWriter().varint(1, count).varint(2, 1).string(8, name).bytes(9, new byte[count * Float.BYTES]);
    }

    private static byte[] bytes(List<Long> numbers) {
        ByteBuffer all = ByteBuffer.allocate(numbers.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        numbers.forEach(all::putLong);
        return all.array();
    }
}
