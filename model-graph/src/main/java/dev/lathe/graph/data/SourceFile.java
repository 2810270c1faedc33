package dev.lathe.graph.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// A file that weights were mapped from. Its path may name another file by now, as a program that saves writes a new
/// one and moves it there; the mapping then still shows the old one.
///
/// @param key what tells this file from all others on the machine, as [BasicFileAttributes#fileKey]; empty where the
///     system has no such thing
public record SourceFile(Path path, Optional<Object> key) {

    /// The file at `path` now.
    public static SourceFile at(Path path) throws IOException {
        return new SourceFile(path, keyOf(path));
    }

    /// The file opened for reading, if the path surely still names it.
    public Optional<FileChannel> reopen() {
        if (key.isEmpty() || !isStillThere()) {
            return Optional.empty();
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException gone) {
            return Optional.empty();
        }
        // What was opened is one of the two that the path named before and after.
        if (isStillThere()) {
            return Optional.of(channel);
        }
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written to it.
        }
        return Optional.empty();
    }

    private boolean isStillThere() {
        try {
            return keyOf(path).equals(key);
        } catch (IOException gone) {
            return false;
        }
    }

    private static Optional<Object> keyOf(Path path) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }
}
