package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lathe.core.JobContext;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lathe inspect --verify`.
class CliVerifyTest {
    @TempDir
    Path folder;

    private Path model(String line) throws Exception {
        Path file = folder.resolve("model.onnx");
        Formats.export(
                GraphText.parse("model \"ONNX\" ir=10\nopset \"\" 17\ngraph g (x: float32[2]) -> (y: float32[2]) {\n  "
                        + line + "\n}\n"),
                file,
                JobContext.quiet());
        return file;
    }

    @Test
    void aModelThatKeepsTheRulesSaysSo() throws Exception {
        Path good = model("y = Relu(x) as act");
        CliRun text = CliRun.of("inspect", good, "--verify");
        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out()).contains("keeps the rules");
        assertThat(CliRun.of("inspect", good, "--verify", "--json", "-")
                        .json()
                        .get("valid")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aModelThatBreaksARuleIsBadInputAndNamesTheNode() throws Exception {
        CliRun run = CliRun.of("inspect", model("y = Relu(x) {alpha = 1} as act"), "--verify", "--json", "-");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err().lines()).singleElement().asString().contains("model.onnx", "node 'act' (Relu)", "'alpha'");
        JsonNode json = run.json();
        assertThat(json.get("valid").asBoolean()).isFalse();
        assertThat(json.get("diagnostics").get(0).get("code").asText()).isEqualTo("attribute-unknown");
    }

    @Test
    void theVerdictStandsBesideWarningsAndErrorsToo() throws Exception {
        Path warned = folder.resolve("warned.graph");
        java.nio.file.Files.writeString(
                warned,
                "model \"ONNX\" ir=10\nopset \"\" 17\ngraph g (x: float32[2]) -> (y) {\n  y = Relu(x) as act\n}\n");
        assertThat(CliRun.of("inspect", warned, "--verify").out())
                .containsPattern("verified +valid: no error, 1 warning");
        assertThat(CliRun.of("inspect", model("y = Relu(x) {alpha = 1} as act"), "--verify")
                        .out())
                .containsPattern("verified +breaks the rules of the standard: 1 error");
    }
}
