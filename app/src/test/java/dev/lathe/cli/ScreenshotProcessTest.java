package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `lathe screenshot` as a process of its own, for what the environment does to it.
class ScreenshotProcessTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDisplayThatCannotBeHadDoesNotMatter() throws Exception {
        Path picture = folder.resolve("picture.png");
        Said said = lathe(":987", "screenshot", "--size", "900x700", "-o", picture);
        assertThat(said.text()).doesNotContain("lathe:").doesNotContain("Gdk");
        assertThat(said.exit()).isZero();
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(900);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTraceIsOnThePictureAndOneThatIsNoneIsRefused() throws Exception {
        Path model = folder.resolve("m.onnx");
        Formats.export(GraphText.parse("""
                model "test" ir=8
                opset "" 17
                graph g (x: float32[8]) -> (y: float32[8]) {
                  y = Abs(x) as positive
                }
                """), model, JobContext.quiet());
        Path trace = Files.writeString(
                folder.resolve("trace.json"),
                "[{\"name\":\"positive\",\"ph\":\"X\",\"ts\":0,\"dur\":5,\"pid\":1,\"tid\":1}]");
        Path without = folder.resolve("without.png");
        Path with = folder.resolve("with.png");
        assertThat(lathe("", "screenshot", model, "--pane", "timeline", "-o", without)
                        .exit())
                .isZero();
        assertThat(lathe("", "screenshot", model, "--trace", trace, "-o", with).exit())
                .isZero();
        assertThat(Files.mismatch(without, with)).isNotNegative();
        Path none = Files.writeString(folder.resolve("none.json"), "no trace");
        Said said = lathe("", "screenshot", model, "--trace", none, "-o", folder.resolve("never.png"));
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.text()).contains("none.json").contains("is not JSON at line 1");
        assertThat(folder.resolve("never.png")).doesNotExist();
    }

    private record Said(int exit, String text) {}

    private Said lathe(String display, Object... arguments) throws Exception {
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "dev.lathe.app.Main"));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        ProcessBuilder lathe = new ProcessBuilder(command)
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        lathe.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        lathe.environment().put("DISPLAY", display);
        Process process = lathe.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Said(process.exitValue(), Files.readString(said));
    }
}
