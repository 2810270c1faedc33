package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `lathe split --run` says of its own prediction.
class PredictionErrorTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "435, 156.9, 177.2, 2.8 times too high",
        "100, 300, -66.7, 3.0 times too low",
        "112, 100, 12.0, 12 % too high",
        "80, 100, -20.0, 20 % too low",
        "100, 100, 0, right",
        "5000, 100, 4900, 50 times too high",
        "0, 100, -100, not comparable",
    })
    void theDistanceIsSaidInPercentOrTimes(double predicted, double measured, double percent, String words) {
        PredictionError error = new PredictionError(predicted, measured);
        assertThat(error.percent()).isCloseTo(percent, within(0.1));
        assertThat(error.words()).isEqualTo(words);
    }

    @Test
    void aMeasuredSplitSaysHowFarOffItsPredictionWas() throws IOException {
        Path model = folder.resolve("mnist.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, model);
        }
        Path json = folder.resolve("split.json");
        CliRun split = CliRun.of(
                "split",
                model,
                "--devices",
                "cpu:0,cpu:0",
                "--run",
                "--requests",
                6,
                "--runs",
                3,
                "-o",
                folder.resolve("stages"),
                "--json",
                json);
        assertThat(split.exit()).as(split.err()).isZero();
        assertThat(split.out())
                .containsPattern("measured +[\\d.]+ per second \\(predicted [\\d.]+, (right|.* too (high|low))\\)")
                .containsPattern("alone \\(predicted [\\d.]+ ms, (right|.* too (high|low))\\)")
                .contains("under 1 ms");
        JsonNode result = CliRun.json(json);
        assertThat(result.at("/predicted/rough").asBoolean()).isTrue();
        assertThat(result.at("/handOver/callMs").asDouble()).isPositive();
        assertThat(result.at("/handOver/measuredHere").asBoolean())
                .as("one device: nothing to measure between")
                .isFalse();
        double predicted = result.at("/predicted/throughputPerSecond").asDouble();
        double measured = result.at("/measured/throughputPerSecond").asDouble();
        assertThat(result.at("/predictionErrorPercent/throughput").asDouble())
                .isCloseTo(100 * (predicted - measured) / measured, within(1e-6));
        double alone = result.at("/measured/latencyAloneMs").asDouble();
        assertThat(result.at("/predictionErrorPercent/latency").asDouble())
                .isCloseTo(100 * (result.at("/predicted/latencyMs").asDouble() - alone) / alone, within(1e-6));

        CliRun planned = CliRun.of(
                "split", model, "--devices", "cpu:0,cpu:0", "--runs", 3, "-o", folder.resolve("plan"), "--json", "-");
        CliRun wrong = CliRun.of(
                "split", model, "--devices", "cpu:0,cpu:0", "--runs", 3, "--borders", 999, "-o", folder.resolve("no"));
        assertThat(wrong.exit()).isNotZero();
        assertThat(wrong.err()).containsPattern("cannot be cut after 999 nodes; it can after 1–\\d+");
        assertThat(planned.json().get("predictionErrorPercent").isNull()).isTrue();
    }
}
