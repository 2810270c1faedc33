package dev.lathe.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    @Test
    void recentModelsAreKeptWithWhenTheyWereOpenAndCanBeTakenFromTheList() throws Exception {
        Path a = Files.writeString(folder.resolve("a.onnx"), "a");
        Path b = Files.writeString(folder.resolve("b.onnx"), "b");
        Settings settings = new Settings(folder.resolve("config"));
        settings.addRecent(a, THEN);
        settings.addRecent(b, THEN.plusSeconds(1));
        settings.addRecent(a, THEN.plusSeconds(2));
        settings.close();
        Settings again = new Settings(folder.resolve("config"));
        assertThat(again.recent()).extracting(Settings.Recent::file).containsExactly(a, b);
        assertThat(again.recent().getFirst().opened()).contains(THEN.plusSeconds(2));
        again.forgetRecent(a);
        again.close();
        assertThat(new Settings(folder.resolve("config")).recent())
                .extracting(Settings.Recent::file)
                .containsExactly(b);
    }

    @Test
    void aListThatAnOlderVersionKeptWithoutTimesIsStillRead() throws Exception {
        Path a = Files.writeString(folder.resolve("a.onnx"), "a");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("window.properties"), "recent.0=" + a.toString().replace("\\", "\\\\"));
        assertThat(new Settings(config).recent()).singleElement().satisfies(r -> {
            assertThat(r.file()).isEqualTo(a);
            assertThat(r.opened()).isEmpty();
        });
    }
}
