package dev.lathe.graph.io.onnx;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/// A file that is written beside its target and takes its place only when it is complete. Closed without
/// [#takePlace], it leaves no trace.
final class Replacement implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final Path aside;
    private boolean isAside;
    private boolean isPlaced;

    Replacement(Path target) {
        this.target = target;
        String stem =
                "." + target.getFileName() + "." + UUID.randomUUID().toString().substring(0, 8);
        this.temporary = target.resolveSibling(stem + ".part");
        this.aside = target.resolveSibling(stem + ".old");
    }

    Path temporary() {
        return temporary;
    }

    void takePlace() throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
        isPlaced = true;
    }

    /// As [#takePlace], but the old file can still come back by [#restore].
    void takePlaceKeepingOld() throws IOException {
        if (Files.exists(target)) {
            Files.move(target, aside);
            isAside = true;
        }
        takePlace();
    }

    /// Undoes as much as was done.
    void restore() throws IOException {
        if (isPlaced) {
            Files.deleteIfExists(target);
            isPlaced = false;
        }
        if (isAside) {
            Files.move(aside, target);
            isAside = false;
        }
    }

    /// The first failure to remove what is left over, if any: the caller has more important news.
    Optional<IOException> cleared() {
        try {
            Files.deleteIfExists(temporary);
            if (isAside && Files.exists(target)) {
                Files.deleteIfExists(aside);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    @Override
    public void close() {
        Optional<IOException> unused = cleared();
    }
}
