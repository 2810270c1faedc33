package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dimensions that are none of the free ones: made equal to another by the model, or settled by no input.
class CliDimensionsTest {
    @TempDir
    Path folder;

    private Path model(String graph) throws IOException {
        return Files.writeString(folder.resolve("m.graph"), "model \"ONNX\" ir=10\nopset \"\" 20\n" + graph);
    }

    private Path equal() throws IOException {
        return model("graph g (x: float32[N, 4], q: float32[K, 4]) -> (y: float32[N, 8]) {\n"
                + "  y = Concat(x, q) {axis = 1}\n}\n");
    }

    @Test
    void aDimensionThatTheModelMakesEqualToAnotherIsToldAndSetsIt() throws Exception {
        CliRun text = CliRun.of("inspect", equal());
        assertThat(text.out()).containsPattern("dimension +(K is N|N is K)");
        for (String name : new String[] {"K", "N"}) {
            JsonNode json = CliRun.of("inspect", equal(), "--dim", name + "=6", "--json", "-")
                    .json();
            assertThat(json.get("inputs").toString()).contains("[6,4]").doesNotContain("\"N\"", "\"K\"");
            assertThat(json.get("outputs").get(0).get("shape").toString()).isEqualTo("[6,8]");
            assertThat(json.get("assumedDims")).isEmpty();
        }
        CliRun clash = CliRun.of("inspect", equal(), "--dim", "K=6,N=5");
        assertThat(clash.exit()).isEqualTo(2);
        assertThat(clash.err()).contains("given twice");
    }

    @Test
    void aDimensionThatFollowsFromOthersIsToldWithWhatItIs() throws Exception {
        Path m = model("graph g (a: float32[p], b: float32[s], c: float32[total]) -> (y: float32[total], z) {\n"
                + "  y = Concat(a, b) {axis = 0}\n  z = Relu(c)\n}\n");
        CliRun set = CliRun.of("inspect", m, "--dim", "total=9");
        assertThat(set.exit()).isEqualTo(2);
        assertThat(set.err()).contains("'total' is ").contains("p").contains("s");
        assertThat(CliRun.of("inspect", m, "--json", "-")
                        .json()
                        .get("followingDims")
                        .has("total"))
                .isTrue();
    }

    @Test
    void aDimensionThatOnlyAnOutputIsDeclaredWithCanBeSet() throws Exception {
        Path m = model("graph g (n: float32[]) -> (y: float32[N]) {\n"
                + "  const zero = float32[] {0.0}\n  const one = float32[] {1.0}\n  y = Range(zero, n, one)\n}\n");
        CliRun open = CliRun.of("inspect", m);
        assertThat(open.out()).containsPattern("open +N").contains("not known of 'y'");
        JsonNode json = CliRun.of("inspect", m, "--json", "-").json();
        assertThat(json.get("openDims").toString()).contains("N");
        assertThat(json.get("unknownMemory").toString()).isEqualTo("[\"y\"]");
        JsonNode set = CliRun.of("inspect", m, "--dim", "N=5", "--json", "-").json();
        assertThat(set.get("outputs").get(0).get("shape").toString()).isEqualTo("[5]");
        assertThat(set.get("flops").isNumber()).isTrue();
        assertThat(set.get("peakActivationBytes").isNumber()).isTrue();
    }

    @Test
    void aNameThatOnlyADeclarationHasIsAnsweredWithWhatTheModelComputes() throws Exception {
        Path m = model("graph g (x: float32[M]) -> (y: float32[N]) {\n  y = Concat(x, x) {axis = 0}\n}\n");
        CliRun set = CliRun.of("inspect", m, "--dim", "N=5");
        assertThat(set.exit()).isEqualTo(2);
        assertThat(set.err()).contains("no free dimension 'N'", "the output 'y'", "2", "M");
    }
}
