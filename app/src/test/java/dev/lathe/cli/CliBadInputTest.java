package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people are told when something is wrong: one line that names the place, and the right exit code.
class CliBadInputTest {
    @TempDir
    Path folder;

    private Path good;

    @BeforeEach
    void aGoodModel() throws IOException {
        good = folder.resolve("good.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, good);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "run"})
    void anEmptyFileIsRefusedByName(String command) throws IOException {
        badInput(CliRun.of(command, Files.write(folder.resolve("empty.onnx"), new byte[0])), "empty.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "run"})
    void aTextFileIsNoModel(String command) throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "These are the days of our lives.\n".repeat(20));
        badInput(CliRun.of(command, text), "text.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "run", "report"})
    void aFileCutInHalfSaysWhereItEnds(String command) throws IOException {
        byte[] all = Files.readAllBytes(good);
        Path half = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(all, all.length / 2));
        CliRun run = command.equals("report")
                ? CliRun.of(command, half, "-o", folder.resolve("r"))
                : CliRun.of(command, half);
        badInput(run, "half.onnx");
        assertThat(run.err().replaceAll("[\\u2009\\u00a0, ]", "")).contains(Integer.toString(all.length / 2));
    }

    @Test
    void aMissingFileIsNamed() {
        badInput(CliRun.of("inspect", folder.resolve("nowhere.onnx")), "nowhere.onnx");
    }

    @Test
    void oneBadModelDoesNotHideTheOthers() throws IOException {
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        CliRun run = CliRun.of("inspect", empty, good);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("good.onnx");
        assertThat(run.err()).contains("empty.onnx");
    }

    @Test
    void aTargetInAFolderThatIsNotThereIsNamed() {
        badInput(
                CliRun.of("optimize", good, "--pass", "simplify", "-o", folder.resolve("no/such/out.onnx")),
                "out.onnx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "inspect",
                "inspect MODEL --frobnicate",
                "inspect MODEL --dim batch",
                "inspect MODEL --dim nosuchdim=3",
                "run MODEL --runs 0",
                "run MODEL --device tpu:9",
                "run MODEL --engine frob",
                "optimize MODEL",
                "optimize MODEL -o OUT",
                "optimize MODEL --pass nosuchpass -o OUT",
                "optimize MODEL --pass fp16:nosuch=1 -o OUT",
                "split MODEL -o OUT",
                "screenshot MODEL --size big -o OUT",
            })
    void wrongUsageIsExitCodeTwo(String line) {
        Object[] words = line.isEmpty()
                ? new Object[0]
                : Arrays.stream(line.split(" "))
                        .map(w -> w.equals("MODEL") ? good : w.equals("OUT") ? folder.resolve("out.onnx") : w)
                        .toArray();
        CliRun run = CliRun.of(words);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).isNotBlank();
        assertThat(folder.resolve("out.onnx")).doesNotExist();
    }

    @Test
    void everyCommandHasHelp() {
        for (String command :
                new String[] {"inspect", "run", "optimize", "compare", "split", "report", "devices", "screenshot"}) {
            CliRun run = CliRun.of(command, "--help");
            assertThat(run.exit()).isZero();
            assertThat(run.out()).startsWith("Usage: lathe " + command);
        }
        assertThat(CliRun.of("--version").out()).startsWith("lathe ");
        assertThat(CliRun.of("help").exit()).isZero();
    }

    private static void badInput(CliRun run, String place) {
        assertThat(run.exit()).as(run.err()).isEqualTo(3);
        assertThat(run.err().strip()).contains(place).doesNotContain("\n").doesNotContain("Exception");
    }
}
