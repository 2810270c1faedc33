package dev.lathe.graph.io.onnx;

import dev.lathe.graph.data.SourceFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// The file that the weights being written were mapped from, opened again: the system then copies from file to file
/// without a page of the mapping being touched, and where the file system can, without a copy. One file at a time, as
/// models with a file for each tensor have more of them than a process may hold open.
final class SourceChannel implements AutoCloseable {
    private Optional<SourceFile> current = Optional.empty();
    private Optional<FileChannel> channel = Optional.empty();

    /// The file's channel, or empty when its path names another by now.
    Optional<FileChannel> of(SourceFile file) throws IOException {
        if (!current.equals(Optional.of(file))) {
            close();
            channel = file.reopen();
            current = Optional.of(file);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
        channel = Optional.empty();
        current = Optional.empty();
    }
}
