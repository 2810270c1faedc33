package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `lathe optimize --external-data`.
class CliExternalDataTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void aModelOfThreeLargeTensors() throws Exception {
        model = folder.resolve("m.onnx");
        Model m = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[1, 64]) -> (y: float32[1, 64]) {
                  const w0 = float32[1] {1.0}
                  const w1 = float32[1] {1.0}
                  const w2 = float32[1] {1.0}
                  a = MatMul(x, w0)
                  b = MatMul(a, w1)
                  y = MatMul(b, w2)
                }
                """);
        var editor = m.graph().edit();
        for (int i = 0; i < 3; i++) {
            byte[] content = new byte[64 * 64 * 4]; // 0.0115 and so on: what half precision holds, too
            Arrays.fill(content, (byte) (0x3c + i));
            editor.setInitializer(
                    m.graph().valueNamed("w" + i).orElseThrow().id(),
                    Tensor.of(DType.FLOAT32, List.of(64L, 64L), Weights.Heap.of(content)));
        }
        Formats.export(m.withGraph(editor.commit()), model, JobContext.quiet());
    }

    private CliRun save(String how, Path target, Object... more) {
        List<Object> words = new ArrayList<>(List.of("optimize", model, "--external-data", how, "-o", target));
        words.addAll(List.of(more));
        return CliRun.of(words.toArray());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "keep, out.onnx",
        "inline, out.onnx",
        "one-file, out.onnx out.onnx.data",
        "per-tensor, out.onnx out.onnx.w0.data out.onnx.w1.data out.onnx.w2.data",
        "40kB, out.onnx out.onnx.data out.onnx.data_1",
        "1, out.onnx out.onnx.data out.onnx.data_1 out.onnx.data_2",
    })
    void aModelIsSavedAgainWithItsWeightsElsewhere(String how, String expected) throws IOException {
        CliRun run = save(how, folder.resolve("out.onnx"), "--json", "-");
        assertThat(run.exit()).as(run.err()).isZero();
        List<String> names = new ArrayList<>(List.of(expected.split(" ")));
        names.add(0, "m.onnx");
        assertThat(files()).isEqualTo(names);
        JsonNode json = run.json();
        assertThat(json.get("steps")).isEmpty();
        assertThat(json.get("dataFiles")).extracting(JsonNode::asText).isEqualTo(names.subList(2, names.size()));
        CliRun compared = CliRun.of("compare", model, folder.resolve("out.onnx"), "--samples", "1");
        assertThat(compared.exit()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("equal");
    }

    @Test
    void whatAPassMadeIsPlacedTheSameWay() throws IOException {
        CliRun run = save("one-file", folder.resolve("out.onnx"), "--pass", "fp16", "--no-check");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("fp16").contains("data files: out.onnx.data");
        assertThat(Files.size(folder.resolve("out.onnx.data"))).isEqualTo(3 * 64 * 64 * 2);
    }

    @Test
    void aThresholdLeavesSmallerTensorsInside() throws IOException {
        assertThat(save("one-file", folder.resolve("out.onnx"), "--external-threshold", "16.385kB")
                        .exit())
                .isZero();
        assertThat(files()).containsExactly("m.onnx", "out.onnx");
        assertThat(save("one-file", folder.resolve("out.onnx"), "--external-threshold", "16KiB")
                        .exit())
                .isZero();
        assertThat(files()).containsExactly("m.onnx", "out.onnx", "out.onnx.data");
    }

    @Test
    void inPlaceTheOldDataFileIsLeftAndNamed() throws IOException {
        assertThat(save("one-file", model).exit()).isEqualTo(2);
        assertThat(save("one-file", model, "--in-place").exit()).isZero();
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
        CliRun back = save("inline", model, "--in-place", "--json", folder.resolve("j"));
        assertThat(back.exit()).as(back.err()).isZero();
        assertThat(back.out()).contains("no longer used by this model, left where they are: m.onnx.data");
        assertThat(CliRun.json(folder.resolve("j")).get("unusedDataFiles"))
                .extracting(JsonNode::asText)
                .containsExactly("m.onnx.data");
        Files.delete(folder.resolve("m.onnx.data"));
        assertThat(CliRun.of("inspect", model, "--verify").exit()).isZero();
    }

    @Test
    void editsInPlaceGatherNoDataFiles() throws IOException {
        assertThat(save("one-file", model, "--in-place").exit()).isZero();
        byte[] weights = Files.readAllBytes(folder.resolve("m.onnx.data"));
        for (String name : List.of("first", "second")) {
            CliRun run = CliRun.of(
                    "edit",
                    model,
                    "-o",
                    model,
                    "--in-place",
                    "rename tensor x to " + name,
                    "rename tensor " + name + " to x");
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("data files: m.onnx.data").doesNotContain("no longer used");
            assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
            assertThat(folder.resolve("m.onnx.data")).hasBinaryContent(weights);
        }
        assertThat(CliRun.of("inspect", model, "--verify").exit()).isZero();
    }

    @Test
    void aPassInPlaceGathersNoDataFiles() throws IOException {
        assertThat(save("one-file", model, "--in-place").exit()).isZero();
        CliRun run = save("one-file", model, "--in-place", "--pass", "fp16", "--no-check");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
        assertThat(Files.size(folder.resolve("m.onnx.data"))).isEqualTo(3 * 64 * 64 * 2);
    }

    @Test
    void whatAnEditNeedsNoMoreIsLeftAndNamed() throws IOException {
        assertThat(save("per-tensor", model, "--in-place").exit()).isZero();
        Path json = folder.resolve("j");
        CliRun run = CliRun.of("edit", model, "-o", model, "--in-place", "--json", json, "cut (x) -> (b)");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(CliRun.json(json).get("dataFiles"))
                .extracting(JsonNode::asText)
                .containsExactly("m.onnx.data");
        assertThat(CliRun.json(json).get("unusedDataFiles"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("m.onnx.w0.data", "m.onnx.w1.data", "m.onnx.w2.data");
        Files.delete(json);
        assertThat(files())
                .containsExactly("m.onnx", "m.onnx.data", "m.onnx.w0.data", "m.onnx.w1.data", "m.onnx.w2.data");
    }

    @Test
    void anEditToAnotherModelsPlaceLeavesTheDataOfTheModelThatWasRead() throws IOException {
        assertThat(save("one-file", model, "--in-place").exit()).isZero();
        Path copy = folder.resolve("copy.onnx");
        Files.copy(model, copy); // whose weights lie in m.onnx.data, too
        byte[] weights = Files.readAllBytes(folder.resolve("m.onnx.data"));
        CliRun run = CliRun.of("edit", copy, "-o", model, "cut (x) -> (a)");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(folder.resolve("m.onnx.data")).hasBinaryContent(weights);
        assertThat(files()).containsExactly("copy.onnx", "m.onnx", "m.onnx.1.data", "m.onnx.data");
    }

    @Test
    void anOutputThatIsADataFileOfTheNewModelIsNotWrittenOverIt() throws IOException {
        Path data = folder.resolve("out.onnx.data");
        CliRun run = save("one-file", folder.resolve("out.onnx"), "--json", data);
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("--json").contains("The model was written to");
        assertThat(Files.size(data)).isEqualTo(3 * 64 * 64 * 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"everywhere", "0", "-1", "12 parsecs", "", "99999999TB"})
    void whatIsNoPlaceIsNamedAndNothingIsWritten(String how) throws IOException {
        CliRun run = save(how, folder.resolve("out.onnx"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err().strip())
                .contains("--external-data")
                .contains("per-tensor")
                .doesNotContain("\n");
        assertThat(files()).containsExactly("m.onnx");
    }

    @Test
    void aThresholdWithoutDataFilesIsRefused() {
        for (String how : List.of("keep", "inline")) {
            CliRun run = save(how, folder.resolve("out.onnx"), "--external-threshold", "10");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("--external-threshold").contains("one-file");
        }
        assertThat(save("one-file", folder.resolve("out.onnx"), "--external-threshold", "much")
                        .err())
                .contains("'much' is no size");
    }
}
