package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
        Path said = folder.resolve("said.txt");
        ProcessBuilder lathe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "dev.lathe.app.Main",
                        "screenshot",
                        "--size",
                        "900x700",
                        "-o",
                        picture.toString())
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        lathe.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        lathe.environment().put("DISPLAY", ":987");
        Process process = lathe.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(said)).doesNotContain("lathe:").doesNotContain("Gdk");
        assertThat(process.exitValue()).isZero();
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(900);
    }
}
