package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lathe.core.JobContext;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `lathe run` says of small models.
class CliMeasureTest {
    @TempDir
    Path folder;

    private Path file(String graph) throws Exception {
        Path file = folder.resolve("m.onnx");
        Formats.export(GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph), file, JobContext.quiet());
        return file;
    }

    @Test
    void aLayerWithALineBreakInItsNameIsOneRow() throws Exception {
        Path model = file("""
                graph g (x: float32[64, 64]) -> (z: float32[64, 64]) {
                  y = MatMul(x, x) as "a\\"c"
                  z = Tanh(y) as "new\\nline"
                }
                """);
        CliRun run = CliRun.of("run", model, "--runs", 3);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("\na\"c ", "\nnew\\nline ", "profiled after the measured runs")
                .doesNotContain("costs")
                .containsPattern("throughput  \\d+(\\.\\d+)? per second");
        CliRun json = CliRun.of("run", model, "--runs", 3, "--json", "-");
        assertThat(json.json().get("profilerOverheadPercent").asDouble(-1)).isZero();
        assertThat(json.json().at("/layers/1/node").asText()).isEqualTo("new\nline");
    }

    @Test
    void anEngineThatTellsNoLayersGetsNoTable() throws Exception {
        Path model = file("graph g (x: float32[8]) -> (y: float32[8]) {\n y = Tanh(x) as t\n}\n");
        CliRun run = CliRun.of("run", model, "--runs", 3, "--engine", "djl-onnxruntime");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("latency", "this engine does not tell what its layers cost")
                .doesNotContain("outside", "costs", "share", "sum");
        JsonNode json = CliRun.of("run", model, "--runs", 3, "--engine", "djl-onnxruntime", "--json", "-")
                .json();
        for (String unknown :
                new String[] {"outsideLayersMs", "layerSumMs", "kernelCoverage", "profilerOverheadPercent"}) {
            assertThat(json.get(unknown).isNull()).as(unknown).isTrue();
        }
    }

    @Test
    void aLoopWhoseCountIsAnInputTurns() throws Exception {
        Path model = file("""
                graph g (x: float32[4, 4], n: int64[]) -> (y: float32[4, 4]) {
                  y = Loop(n, _, x) {body = graph body (i: int64[], c: bool[], v: float32[4, 4]) -> (k, w) {
                    k = Identity(c) as keep
                    w = MatMul(v, x) as turn
                  }} as loop
                }
                """);
        CliRun run = CliRun.of("run", model, "--runs", 3);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("turn");
    }
}
