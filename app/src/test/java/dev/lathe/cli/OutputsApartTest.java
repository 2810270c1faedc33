package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A typing error in the name of an output costs no model and no other output.
class OutputsApartTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aModelAndALinkToIt() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, folder.resolve("model.onnx"));
        }
        Files.createSymbolicLink(folder.resolve("link"), Path.of("model.onnx"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect MODEL --json MODEL",
                "inspect MODEL --json LINK",
                "inspect MODEL --layers MODEL",
                "inspect MODEL --shapes MODEL",
                "inspect MODEL --json OUT --layers OUT",
                "run MODEL --runs 1 --json MODEL",
                "compare MODEL LINK --json LINK",
                "optimize MODEL --pass simplify -o MODEL",
                "optimize MODEL --pass simplify -o LINK",
                "optimize MODEL --pass simplify -o OUT --json MODEL",
                "optimize MODEL --pass simplify -o OUT --json OUT",
                "optimize MODEL --pass simplify -o OUT --save-recipe OUT",
                "split MODEL --devices cpu:0 --runs 1 -o DIR --json MODEL",
                "screenshot MODEL -o MODEL",
            })
    void noOutputTakesThePlaceOfAModelOrOfAnotherOutput(String line) throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("model.onnx"));
        Map<String, String> names = Map.of("MODEL", "model.onnx", "LINK", "link", "OUT", "out", "DIR", "dir");
        CliRun run = CliRun.of(Arrays.stream(line.split(" "))
                .map(w -> names.containsKey(w) ? folder.resolve(names.get(w)) : w)
                .toArray());
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err().strip()).contains("option -").doesNotContain("\n");
        assertThat(Files.readAllBytes(folder.resolve("model.onnx"))).isEqualTo(before);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("dir")).doesNotExist();
    }

    @Test
    void theModelItselfMayBeReplacedByWhatIsMadeOfItWhenThatIsSaid() {
        Path model = folder.resolve("model.onnx");
        assertThat(CliRun.of("optimize", model, "--pass", "fp16", "--no-check", "-o", model, "--in-place")
                        .exit())
                .isZero();
        assertThat(CliRun.of("inspect", model).exit()).isZero();
    }

    @Test
    void aDeviceMayBeNamedTwice() {
        assertThat(CliRun.of("inspect", folder.resolve("model.onnx"), "--json", "/dev/null", "--layers", "/dev/null")
                        .exit())
                .isZero();
    }
}
