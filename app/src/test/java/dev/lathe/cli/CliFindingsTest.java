package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lathe.core.JobContext;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.optimize.PassCatalog;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.insight.Examination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `lathe run` finds in real runs of models that are made to be found fault with.
class CliFindingsTest {
    @TempDir
    Path folder;

    private JsonNode run(String graph, Object... options) throws Exception {
        Path model = folder.resolve("model.onnx");
        Formats.export(GraphText.parse("model \"test\" ir=8\nopset \"\" 17\n" + graph), model, JobContext.quiet());
        List<Object> words = new ArrayList<>(List.of("run", model, "--runs", 20, "--json", "-"));
        words.addAll(List.of(options));
        CliRun run = CliRun.of(words.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return run.json();
    }

    private static Optional<JsonNode> finding(JsonNode run, String rule) {
        return StreamSupport.stream(run.get("findings").spliterator(), false)
                .filter(f -> f.get("rule").asText().equals(rule))
                .findFirst();
    }

    private static JsonNode check(JsonNode run, String rule) {
        return StreamSupport.stream(run.get("checks").spliterator(), false)
                .filter(f -> f.get("rule").asText().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void quantizationThatTheRuntimeCannotFuseIsFoundWithItsLayers() throws Exception {
        JsonNode run = run("""
                graph g (x: float32[64, 1024]) -> (y: float32[64, 1024]) {
                  const s = float32[] {0.5}
                  const z = int8[] {0}
                  h = Erf(x) as into
                  q = QuantizeLinear(h, s, z) as close
                  a = DequantizeLinear(q, s, z) as open
                  b = Tanh(a) as bend
                  y = Exp(b) as power
                }
                """);
        JsonNode f = finding(run, "unfused-quantization").orElseThrow();
        assertThat(f.get("layers").toString())
                .contains("close")
                .contains("open")
                .doesNotContain("power");
        assertThat(f.get("explanation").asText()).contains("Tanh");
        assertThat(f.get("gainMs").asDouble())
                .isPositive()
                .isLessThan(run.get("latencyMs").get("max").asDouble());
        assertThat(f.get("gainIs").asText()).contains("estimate");
        assertThat(f.get("pass").isNull()).isTrue();
    }

    @Test
    void castsThatOnlyGoThereAndBackAreFound() throws Exception {
        JsonNode run = run("""
                graph g (x: float32[64, 4096]) -> (y: float32[64, 4096]) {
                  a = Cast(x) {to = 11} as there
                  b = Sin(a) as wave
                  c = Cast(b) {to = 1} as back
                  y = Abs(c) as positive
                }
                """);
        assertThat(finding(run, "casts").orElseThrow().get("layers").toString())
                .contains("there")
                .contains("back");
        assertThat(check(run, "unfused-quantization").get("ok").asText()).isNotBlank();
    }

    @Test
    void aConstantThatTheRuntimeWasToldNotToFoldComesWithThePassThatDoes() throws Exception {
        JsonNode run = run("""
                graph g (x: float32[1024, 1024]) -> (y: float32[1024, 1024]) {
                  const c = float32[1024, 1024] splat 1048576 hex "0000003f"
                  d = Exp(c) as power
                  y = Add(x, d) as sum
                }
                """, "--level", "none");
        JsonNode f = finding(run, "constant-not-folded").orElseThrow();
        assertThat(f.get("layers").get(0).asText()).isEqualTo("power");
        assertThat(f.get("pass").asText()).isEqualTo("simplify");
        assertThat(f.get("command").asText()).startsWith("lathe optimize ").endsWith("--pass simplify -o OUT");
    }

    @Test
    void everyRuleTellsWhatBecameOfItAndEveryPassIsThere() throws Exception {
        JsonNode run = run("""
                graph g (x: float32[8]) -> (y: float32[8]) {
                  y = Abs(x) as positive
                }
                """, "--threads", 1);
        assertThat(run.get("checks"))
                .hasSameSizeAs(Examination.rules())
                .allSatisfy(c -> assertThat(c.has("found") || c.has("ok") || c.has("notChecked"))
                        .isTrue());
        assertThat(check(run, "threads").get("ok").asText()).contains("one thread");
        // The rules lie below the passes, so they name them: these names.
        assertThat(List.of("simplify", "quantize-dynamic"))
                .allMatch(name -> PassCatalog.find(name).isPresent());
    }

    @Test
    void aSweepOverThreadsSaysWhichNumberHurts() throws Exception {
        Path model = folder.resolve("tiny.onnx");
        Formats.export(GraphText.parse("""
                model "test" ir=8
                opset "" 17
                graph g (x: float32[8]) -> (y: float32[8]) {
                  y = Abs(x) as positive
                }
                """), model, JobContext.quiet());
        CliRun sweep = CliRun.of("run", model, "--sweep", "threads=1,2", "--runs", 30, "--json", "-");
        assertThat(sweep.exit()).as(sweep.err()).isZero();
        JsonNode points = sweep.json().get("points");
        double one = points.get(0).get("p50Ms").asDouble();
        double two = points.get(1).get("p50Ms").asDouble();
        JsonNode findings = sweep.json().get("findings");
        if (one < 0.95 * two) {
            assertThat(findings.get(0).get("title").asText()).isEqualTo("1 thread is faster than 2");
            // On a machine with other work the medians may be of unsteady runs, and then they are not called measured.
            assertThat(findings.get(0).get("gainIs").asText())
                    .isEqualTo(steady(points.get(0)) && steady(points.get(1)) ? "measured" : "estimate");
        } else {
            assertThat(findings).isEmpty();
        }
    }

    private static boolean steady(JsonNode point) {
        return LatencyStats.steady(
                point.get("runs").asInt(),
                Duration.ofNanos(Math.round(1e6 * point.get("p50Ms").asDouble())),
                Duration.ofNanos(Math.round(1e6 * point.get("p90Ms").asDouble())));
    }

    @Test
    void theTextEndsWithTheFindingsAndTellsMoreWhenAsked() throws Exception {
        Path model = folder.resolve("a model.onnx");
        Formats.export(GraphText.parse("""
                model "test" ir=8
                opset "" 17
                graph g (x: float32[1024, 1024]) -> (y: float32[1024, 1024]) {
                  const c = float32[1024, 1024] splat 1048576 hex "0000003f"
                  d = Exp(c) as power
                  y = Add(x, d) as sum
                }
                """), model, JobContext.quiet());
        CliRun few = CliRun.of("run", model, "--runs", 20, "--level", "none");
        assertThat(few.out())
                .contains("\nfindings\n")
                .contains("1 layer computes a constant in every run · ~")
                .contains("lathe optimize '" + model + "' --pass simplify -o OUT")
                .contains("--findings tells")
                .doesNotContain("not checked:");
        CliRun all = CliRun.of("run", model, "--runs", 20, "--level", "none", "--findings");
        assertThat(all.out()).contains("ok: copies between devices: ").doesNotContain("--findings tells");
    }
}
