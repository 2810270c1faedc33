package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tensors say of the files that their bytes lie in, besides the place.
class ExternalEntriesTest {
    @TempDir
    Path folder;

    @Test
    void furtherEntriesGoAlongToTheNextFile() throws Exception {
        Model read = opened(external("location", "w.bin", "note", "by hand", "offset", "4"));
        assertThat(entries(exported(read, WeightPlacement.keep())))
                .containsExactly("location=out.onnx.data", "offset=0", "length=8", "note=by hand");
    }

    @Test
    void theChecksumIsThatOfTheFileThatTheTensorLiesInThen() throws Exception {
        Model read = opened(external("location", "w.bin", "checksum", "0123"));
        Path out = exported(read, WeightPlacement.keep());
        String sum = sha1(folder.resolve("out.onnx.data"));
        assertThat(entries(out)).contains("checksum=" + sum);
        // Of a model that is written in the place of the one that it was read from, too.
        Path again = exported(Formats.open(out, JobContext.quiet()), WeightPlacement.keep());
        assertThat(entries(again)).contains("checksum=" + sum);
    }

    @Test
    void aTensorThatGoesIntoTheModelLeavesItsEntriesBehind() throws Exception {
        Model read = opened(external("location", "w.bin", "checksum", "0123", "note", "x"));
        assertThat(entries(exported(read, WeightPlacement.inline()))).isEmpty();
    }

    @Test
    void whatWasPrepackedIsToldAndNotKept() throws Exception {
        Model read = opened(external("location", "w.bin", "prepacked_0", "MatMul|0;8;1|"));
        assertThat(codes(read)).contains("external-data-prepacked");
        assertThat(entries(exported(read, WeightPlacement.keep())))
                .containsExactly("location=out.onnx.data", "offset=0", "length=8");
    }

    @Test
    void aKeyThatNobodyKnowsIsTold() throws Exception {
        assertThat(codes(opened(external("location", "w.bin", "note", "x")))).contains("external-data-unknown-key");
        assertThat(codes(opened(external("location", "w.bin", "checksum", "x"))))
                .isEmpty();
    }

    @Test
    void twoLocationsAreRefusedAndOfTwoOffsetsTheLastCounts() throws Exception {
        assertThatThrownBy(() -> opened(external("location", "w.bin", "location", "w.bin")))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("'k'")
                .hasMessageContaining("location more than once");
        Tensor k = opened(external("location", "w.bin", "offset", "0", "offset", "4"))
                .graph()
                .initializers()
                .values()
                .iterator()
                .next();
        assertThat(k.data().bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 4);
    }

    @Test
    void aTensorOfAnAttributeStaysInItsFileToo() throws Exception {
        WireWriter value = new WireWriter()
                .string(1, "value")
                .message(5, external("location", "w.bin", "note", "x"))
                .varint(20, 4);
        Model read = Formats.open(
                model(new WireWriter().string(2, "k").string(4, "Constant").message(5, value), false),
                JobContext.quiet());
        Path kept = exported(read, WeightPlacement.keep());
        assertThat(Files.size(folder.resolve("out.onnx.data"))).isEqualTo(8);
        Tensor k = Formats.open(kept, JobContext.quiet())
                .graph()
                .nodes()
                .getFirst()
                .attrs()
                .tensor("value")
                .orElseThrow();
        assertThat(k.data()).isInstanceOf(Weights.Mapped.class);
        assertThat(k.data().bytes().get(ValueLayout.JAVA_BYTE, 7)).isEqualTo((byte) 7);

        Path inside = exported(read, WeightPlacement.inline());
        Files.delete(folder.resolve("out.onnx.data"));
        assertThat(WireDump.of(inside)).isNotEmpty();
    }

    private Path exported(Model model, WeightPlacement weights) throws LatheException {
        Path out = folder.resolve("out.onnx");
        Formats.export(model, out, weights, JobContext.quiet());
        return out;
    }

    @Test
    void aLengthOf0IsNoneAndASignIsRefusedAsInOnnxRuntime() throws Exception {
        Model read = opened(external("location", "w.bin", "length", "0", "offset", "4"));
        Tensor k = read.graph().initializers().values().iterator().next();
        assertThat(k.data().byteSize()).isEqualTo(8);
        assertThat(k.data().bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 4);
        assertThatThrownBy(() -> opened(external("location", "w.bin", "offset", "+4")))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("'+4', which is not a number");
    }

    private static List<String> codes(Model model) throws LatheException {
        return Verifier.of(Analysis.of(model, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()).stream()
                .map(Diagnostic::code)
                .filter(c -> c.startsWith("external"))
                .toList();
    }

    private static String sha1(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file)));
    }

    private Model opened(WireWriter tensor) throws IOException, LatheException {
        return Formats.open(model(tensor, true), JobContext.quiet());
    }

    private Path model(WireWriter part, boolean isInitializer) throws IOException {
        byte[] content = new byte[16];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        Files.write(folder.resolve("w.bin"), content);
        WireWriter shape = new WireWriter().message(1, new WireWriter().varint(1, 2));
        WireWriter type =
                new WireWriter().message(1, new WireWriter().varint(1, 1).message(2, shape));
        WireWriter graph = new WireWriter()
                .string(2, "g")
                .message(isInitializer ? 5 : 1, part)
                .message(1, new WireWriter().string(1, "k").string(2, "y").string(4, "Relu"))
                .message(12, new WireWriter().string(1, "y").message(2, type));
        return Files.write(
                folder.resolve("in.onnx"),
                new WireWriter()
                        .varint(1, 8)
                        .message(8, new WireWriter().varint(2, 17))
                        .message(7, graph)
                        .toByteArray());
    }

    /// Two floats, with these keys and values in turn.
    private static WireWriter external(String... entries) {
        WireWriter w = new WireWriter().varint(1, 2).varint(2, 1).string(8, "k");
        for (int i = 0; i < entries.length; i += 2) {
            w.message(13, new WireWriter().string(1, entries[i]).string(2, entries[i + 1]));
        }
        return w.varint(14, 1);
    }

    private static List<String> entries(Path file) throws IOException, WireFault {
        List<String> entries = new ArrayList<>();
        WireReader model = WireReader.of(MemorySegment.ofArray(Files.readAllBytes(file)));
        while (model.next()) {
            if (model.field() != 7) {
                model.skip();
                continue;
            }
            WireReader graph = model.message();
            while (graph.next()) {
                if (graph.field() != 5) {
                    graph.skip();
                    continue;
                }
                WireReader tensor = graph.message();
                while (tensor.next()) {
                    if (tensor.field() == 13) {
                        KeptEntries.Entry e = ModelReader.metadata(tensor.message());
                        entries.add(e.key() + "=" + e.value());
                    } else {
                        tensor.skip();
                    }
                }
            }
        }
        return entries;
    }
}
