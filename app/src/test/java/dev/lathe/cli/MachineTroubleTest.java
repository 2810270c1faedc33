package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A good model on a machine that fails is not bad input.
class MachineTroubleTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "worker-died",
                "worker-memory",
                "worker-not-started",
                "no-temporary-folder",
                "disk-full",
                "internal"
            })
    void whatNoOtherModelWouldMendIsExitCodeOne(String code) {
        assertThat(ExitCode.of(Diagnostic.error(code, "It went wrong.", Place.nowhere())))
                .isEqualTo(1);
    }

    @Test
    void aProblemOfTheModelIsExitCodeThree() {
        assertThat(ExitCode.of(Diagnostic.error("file-truncated", "It ends early.", Place.nowhere())))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereMemoryRunsOutACommandSaysSoOnOneLine(boolean wrapped) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        OutOfMemoryError full = new OutOfMemoryError("Java heap space");
        int exit = Cli.run(
                new String[] {"screenshot", "-o", folder.resolve("picture.png").toString()},
                request -> {
                    if (wrapped) {
                        throw new IllegalStateException("the window failed", full);
                    }
                    throw full;
                },
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("lathe: not enough memory (Java heap space;")
                .contains("MiB", "-Xmx");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aTemporaryFolderThatIsMissingIsToldWithAReasonAndARemedy() throws Exception {
        Path good = folder.resolve("good.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, good);
        }
        Path missing = folder.resolve("nowhere");
        Path said = folder.resolve("said.txt");
        ProcessBuilder lathe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + missing,
                        "dev.lathe.app.Main",
                        "run",
                        good.toString(),
                        "--runs",
                        "3")
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        lathe.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = lathe.start();
        int exit = process.waitFor();
        assertThat(Files.readString(said, StandardCharsets.UTF_8))
                .contains(missing.toString(), "no such file or folder", "-Djava.io.tmpdir")
                .doesNotContain("Exception");
        assertThat(exit).isEqualTo(1);
    }
}
