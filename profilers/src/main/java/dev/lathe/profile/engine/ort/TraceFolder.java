package dev.lathe.profile.engine.ort;

import com.fasterxml.jackson.core.JacksonException;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.TracedRun;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A temporary folder into which the runtime writes the profile of one run; closing removes it with all that is
/// in it.
record TraceFolder(Path path) implements AutoCloseable {
    /// Some 200,000 kernels: the longest profile that a worker reads within its 512 MB of heap, and that can be told in
    /// one message.
    static final long LONGEST = 128 << 20;

    static TraceFolder create() throws IOException {
        return new TraceFolder(Files.createTempDirectory("lathe-trace"));
    }

    /// What the names of profiles begin with.
    Path prefix() {
        return path.resolve("p");
    }

    TracedRun read() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                long length = Files.size(file);
                if (length > LONGEST) {
                    throw new IOException("a run has too many kernels (" + (length >> 20) + " MiB of them, and up to "
                            + (LONGEST >> 20) + " MiB can be read)");
                }
                return ProfileJson.read(file);
            }
        }
        return new TracedRun(List.of(), Duration.ZERO);
    }

    /// What people read when a profile cannot be had.
    static LatheException failed(Path model, Exception e) {
        String why = switch (e) {
            case JacksonException j
            when j.getLocation() != null ->
                "what ONNX Runtime wrote cannot be read from line "
                        + j.getLocation().getLineNr() + ", column "
                        + j.getLocation().getColumnNr() + " on";
            case IOException io -> FileReason.of(io);
            default -> String.valueOf(e.getMessage());
        };
        return new LatheException(
                Diagnostic.error(
                        "profile-failed", "The profile of a run cannot be had: " + why + ".", Place.file(model)),
                e);
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
