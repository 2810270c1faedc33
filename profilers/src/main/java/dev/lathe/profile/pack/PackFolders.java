package dev.lathe.profile.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How folders of packs come and go, so that a pack is there whole or not at all, whoever is killed when and however
/// many add and remove at the same moment: one change at a time, by a lock that all processes respect, and what is
/// being added, replaced or removed lies under a name that begins with a dot.
final class PackFolders {
    private static final String ADDING = ".adding-";
    private static final String REMOVING = ".removing-";

    /// A good pack that makes room for its successor: it is put back when whoever did that is gone in between.
    private static final String REPLACED = ".replaced-";

    /// A lock on a file is the process's: its own threads take turns by this one.
    private static final Object OURS = new Object();

    private final Path folder;

    PackFolders(Path folder) {
        this.folder = folder;
    }

    List<Path> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, p -> !name(p).startsWith("."))) {
            all.forEach(p -> {
                if (Files.isDirectory(p)) {
                    found.add(p);
                }
            });
        } catch (IOException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    /// A folder to fill before it gets its name.
    Path fresh() throws IOException {
        clearLeftovers();
        Files.createDirectories(folder);
        return of(ADDING);
    }

    /// Gives a filled folder its name, in place of what was there.
    Path put(Path filled, String id) throws IOException {
        Path target = folder.resolve(id);
        Optional<Path> before = locked(() -> {
            Optional<Path> old = Optional.empty();
            if (Files.exists(target)) {
                old = Optional.of(of(REPLACED));
                Files.move(target, old.get().resolve(id), StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                Files.move(filled, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (old.isPresent()) {
                    Files.move(old.get().resolve(id), target, StandardCopyOption.ATOMIC_MOVE);
                }
                throw e;
            }
            return old;
        });
        if (before.isPresent()) {
            Folders.delete(before.get());
        }
        return target;
    }

    void remove(String id) throws IOException {
        Path going = locked(() -> {
            Path to = of(REMOVING);
            // Renamed first: a pack that lacks half of its files must not be found.
            if (Files.exists(folder.resolve(id))) {
                Files.move(folder.resolve(id), to.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            }
            return to;
        });
        Folders.delete(going);
    }

    /// Ends what processes that are gone did not finish.
    void clearLeftovers() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            if (!leftovers().isEmpty()) {
                locked(() -> {
                    for (Path p : leftovers()) {
                        if (name(p).startsWith(REPLACED)) {
                            putBack(p);
                        }
                        Folders.delete(p);
                    }
                    return true;
                });
            }
        } catch (IOException e) {
            // Nothing depends on it; the next look tries again.
        }
    }

    private void putBack(Path replaced) throws IOException {
        for (Path pack : new PackFolders(replaced).all()) {
            if (Files.notExists(folder.resolve(name(pack)))) {
                Files.move(pack, folder.resolve(name(pack)), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private List<Path> leftovers() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, p -> ownerIsGone(name(p)))) {
            all.forEach(found::add);
        }
        return found;
    }

    private static boolean ownerIsGone(String name) {
        for (String prefix : List.of(ADDING, REMOVING, REPLACED)) {
            if (name.startsWith(prefix)) {
                String pid = name.substring(prefix.length()).split("-", 2)[0];
                return pid.matches("\\d{1,18}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
            }
        }
        return false;
    }

    private Path of(String prefix) throws IOException {
        return Files.createTempDirectory(
                folder, prefix + ProcessHandle.current().pid() + "-");
    }

    @FunctionalInterface
    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T locked(Change<T> change) throws IOException {
        synchronized (OURS) {
            // Beside the packs: nothing but packs lies among them.
            Path lock = folder.resolveSibling("." + name(folder) + ".lock");
            try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock unused = file.lock()) {
                return change.make();
            }
        }
    }

    private static String name(Path p) {
        return String.valueOf(p.getFileName());
    }
}
