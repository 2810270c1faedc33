package dev.lathe.graph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTogetherTest {
    @TempDir
    Path folder;

    @Test
    void appearWhenAllAreWrittenAndReplaceOlderOnes() throws Exception {
        Path target = Files.createDirectory(folder.resolve("there"));
        Files.writeString(target.resolve("a"), "old");
        Files.writeString(target.resolve("other"), "stays");
        try (FilesTogether files = FilesTogether.in(target)) {
            Files.writeString(files.folder().resolve("a"), "new");
            Files.writeString(files.folder().resolve("b"), "second");
            assertThat(target.resolve("a")).hasContent("old");
            assertThat(target.resolve("b")).doesNotExist();
            files.keep();
        }
        assertThat(target.resolve("a")).hasContent("new");
        assertThat(target.resolve("b")).hasContent("second");
        assertThat(names(target)).containsExactlyInAnyOrder("a", "b", "other");
    }

    @Test
    void thatAreGivenUpLeaveNoTraceNorTheFoldersMadeForThem() throws Exception {
        try (FilesTogether files = FilesTogether.in(folder.resolve("made/for/them"))) {
            Files.writeString(files.folder().resolve("a"), "half");
        }
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void aFolderInTheWayOfOneLeavesAllOthersAsTheyWere() throws Exception {
        Files.writeString(folder.resolve("a"), "old");
        Files.createDirectory(folder.resolve("b"));
        try (FilesTogether files = FilesTogether.in(folder)) {
            Files.writeString(files.folder().resolve("a"), "new");
            Files.writeString(files.folder().resolve("b"), "new");
            assertThatThrownBy(files::keep).isInstanceOf(LatheException.class).hasMessageContaining("folder");
        }
        assertThat(folder.resolve("a")).hasContent("old");
        assertThat(names(folder)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aFileInPlaceOfTheFolderIsToldByName() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "stays");
        assertThatThrownBy(() -> FilesTogether.in(file))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("there is a file of that name");
        assertThat(file).hasContent("stays");
    }

    @Test
    void whenOneCannotTakeItsPlaceTheOlderOnesComeBack() throws Exception {
        Path target = Files.createDirectory(folder.resolve("there"));
        Files.writeString(target.resolve("a"), "old");
        Files.createDirectory(target.resolve("b"));
        try (FilesTogether files = FilesTogether.in(target)) {
            Files.writeString(files.folder().resolve("a"), "new");
            Files.writeString(files.folder().resolve("b"), "new");
            assertThatThrownBy(files::keep).isInstanceOf(LatheException.class).hasMessageContaining("folder");
        }
        assertThat(target.resolve("a")).hasContent("old");
        assertThat(names(target)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aProblemWithOneNamesThePlaceThatTheUserGave() throws Exception {
        try (FilesTogether files = FilesTogether.in(folder)) {
            Place hidden = Place.file(files.folder().resolve("a"), 7);
            assertThat(files.told(new LatheException(Diagnostic.error("disk-full", "full", hidden)))
                            .diagnostic()
                            .place())
                    .isEqualTo(Place.file(folder.resolve("a"), 7));
        }
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
