package dev.lathe.graph.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
    @TempDir
    private Path folder;

    @Test
    void isOpenedAgainWhileItIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("weights"), "old");
        SourceFile source = SourceFile.at(file);
        assumeTrue(source.key().isPresent(), "this system does not tell files apart");
        Files.writeString(file, "longer");
        try (FileChannel channel = source.reopen().orElseThrow()) {
            assertThat(channel.size()).isEqualTo(6);
        }
    }

    @Test
    void isNotOpenedWhenAnotherFileCameToItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("weights"), "old");
        SourceFile source = SourceFile.at(file);
        Path next = Files.writeString(folder.resolve("next"), "new");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(source.reopen()).isEmpty();
    }

    @Test
    void isNotOpenedWhenItIsGone() throws IOException {
        Path file = Files.writeString(folder.resolve("weights"), "old");
        SourceFile source = SourceFile.at(file);
        Files.delete(file);
        assertThat(source.reopen()).isEmpty();
    }

    @Test
    void isNotOpenedWhereFilesCannotBeToldApart() throws IOException {
        Path file = Files.writeString(folder.resolve("weights"), "old");
        assertThat(new SourceFile(file, Optional.empty()).reopen()).isEmpty();
    }
}
