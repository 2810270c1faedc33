package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The private folder of a worker: its socket, large tensors, optimized models and temporary files. Whoever outlives
/// the other removes it, so that nothing is left even when one of the two is killed.
final class WorkerFolder {
    private WorkerFolder() {}

    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path p : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // The other side is removing it too, or the system still holds a mapped file: when we end, we try again.
            folder.toFile().deleteOnExit();
        }
    }
}
