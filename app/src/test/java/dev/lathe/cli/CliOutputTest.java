package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A result that cannot be written is refused before any work: the model that these commands name does not even
/// exist, and that is not what they complain about.
class CliOutputTest {
    private static final String[] FILES = {
        "inspect MODEL --json OUT",
        "inspect MODEL --layers OUT",
        "inspect MODEL --shapes OUT",
        "run MODEL --json OUT",
        "compare MODEL MODEL --json OUT",
        "optimize MODEL --pass simplify -o OUT",
        "optimize MODEL --pass simplify -o GOOD --json OUT",
        "optimize MODEL --pass simplify -o GOOD --save-recipe OUT",
        "split MODEL --devices cpu:0,cpu:0 -o GOOD --json OUT",
        "screenshot MODEL -o OUT",
    };

    private static final String[] FOLDERS = {
        "report MODEL -o OUT", "split MODEL --devices cpu:0,cpu:0 -o OUT",
    };

    @TempDir
    Path folder;

    static Stream<String> files() {
        return Stream.of(FILES);
    }

    static Stream<String> all() {
        return Stream.concat(Stream.of(FILES), Stream.of(FOLDERS));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("files")
    void aFileInAFolderThatDoesNotExistIsRefused(String line) {
        refused(line, folder.resolve("no/such/folder/out"), "does not exist");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("files")
    void aFileThatIsAFolderIsRefused(String line) throws IOException {
        refused(line, Files.createDirectory(folder.resolve("taken")), "folder");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("all")
    void aFolderThatIsAFileIsRefused(String line) throws IOException {
        refused(line, Files.writeString(folder.resolve("plain"), "x").resolve("out"), "plain");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("all")
    void aPlaceThatCannotBeWrittenIsRefused(String line) {
        Path system = Path.of("/proc/self");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isDirectory(system), "no /proc: nothing that even root cannot write");
        refused(line, system.resolve("out"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimize MODEL --pass simplify -o OUT", "screenshot MODEL -o OUT"})
    void aDeviceIsNotReplacedByAFile(String line) {
        Path device = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(device), "no /dev/full");
        refused(line, device, "not a plain file");
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    /// The machine's trouble, not bad input, whichever command comes upon it; what was made before it is said.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "devices --json OUT",
                "inspect MODEL --json OUT",
                "inspect MODEL --layers OUT",
                "inspect MODEL --shapes OUT",
                "inspect MODEL --lifetimes OUT",
                "run MODEL --runs 3 --json OUT",
                "compare MODEL MODEL --samples 1 --json OUT",
                "optimize MODEL --pass simplify --no-check -o GOOD --json OUT",
                "optimize --list --json OUT",
                "split MODEL --devices cpu:0,cpu:0 --runs 3 -o GOOD --json OUT",
            })
    void aFullDeviceIsTheMachinesTroubleInEveryCommand(String line) {
        Path device = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(device), "no /dev/full");
        Path model = TinyModel.file(folder);
        Path made = folder.resolve("made");
        CliRun run = CliRun.of((Object[]) line.replace("MODEL", model.toString())
                .replace("OUT", device.toString())
                .replace("GOOD", made.toString())
                .split(" "));
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("/dev/full", "space");
        assertThat(run.err().contains("written to " + made)).as(run.err()).isEqualTo(Files.exists(made));
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test
    void throughALinkTheFileIsReplacedAndNotTheLink() throws IOException {
        Path real = Files.writeString(folder.resolve("real.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), real);
        CliRun run = CliRun.of("devices", "--json", link);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(CliRun.json(real).get("devices")).isNotEmpty();
    }

    private void refused(String line, Path target, String why) {
        List<Object> words = new ArrayList<>();
        for (String w : line.split(" ")) {
            words.add(
                    switch (w) {
                        case "MODEL" -> folder.resolve("nowhere.onnx");
                        case "OUT" -> target;
                        case "GOOD" -> folder.resolve("good");
                        default -> w;
                    });
        }
        CliRun run = CliRun.of(words.toArray());
        assertThat(run.exit()).as(run.err()).isEqualTo(3);
        assertThat(run.err().strip())
                .contains(target.toString(), why)
                .doesNotContain("\n")
                .doesNotContain("Exception")
                .doesNotContain("nowhere.onnx");
    }
}
