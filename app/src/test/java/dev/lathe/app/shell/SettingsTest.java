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
    void whatIsDamagedOrCannotBeWrittenIsForgottenAndLeavesNothing() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("window.properties"), "recent.0=a\\u0000b\ntheme=LIGHT\n");
        Settings settings = new Settings(config);
        assertThat(settings.recent()).isEmpty();
        assertThat(settings.text("theme")).contains("LIGHT");

        // A folder where the file belongs: it cannot be replaced.
        Files.delete(config.resolve("window.properties"));
        Files.createDirectories(config.resolve("window.properties").resolve("inside"));
        settings.save();
        settings.close();
        try (var files = Files.list(config)) {
            assertThat(files).containsExactly(config.resolve("window.properties"));
        }
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
