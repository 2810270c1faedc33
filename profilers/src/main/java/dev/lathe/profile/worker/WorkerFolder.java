package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The private folders of a worker: one for large tensors, optimized models and temporary files, and one for its
/// socket, whose path must be short, so that it is another where temporary folders have long paths. Whoever outlives
/// the other removes them, so that nothing is left even when one of the two is killed.
///
/// @param files where the worker's temporary files are, too
/// @param socket what both connect to
record WorkerFolder(Path files, Path socket) {
    /// In bytes, of the folder in which private ones are made: a socket's path may have 103 on a Mac and 107
    /// elsewhere, and their names have up to 38.
    static final int LONGEST = 60;

    private static final String PREFIX = "lathe-w";

    /// The numbers of processes that the one in the name is of: containers may share a temporary folder.
    static final String NUMBERS = "pids";

    /// Makes them, so that only this user may enter: whoever can write to the socket can make us read files.
    static WorkerFolder make() throws IOException {
        return make(temporary(), shorter());
    }

    /// @param shorter where the socket's folder may be made if the path of `temporary` is too long, best first
    static WorkerFolder make(Path temporary, List<Path> shorter) throws IOException {
        Path files = made(temporary);
        if (length(temporary) > LONGEST) {
            for (Path place : shorter) {
                if (length(place) <= LONGEST && Files.isDirectory(place) && Files.isWritable(place)) {
                    try {
                        return new WorkerFolder(files, made(place).resolve("s"));
                    } catch (IOException e) {
                        // Perhaps the next one has room.
                    }
                }
            }
        }
        return new WorkerFolder(files, files.resolve("s"));
    }

    /// As the arguments of a worker say it.
    static WorkerFolder of(Path files, Path socket) {
        return new WorkerFolder(files.toAbsolutePath(), socket.toAbsolutePath());
    }

    /// A new folder whose name and contents tell whose it is.
    static Path made(Path in) throws IOException {
        Path folder = Files.createTempDirectory(in, prefix());
        Optional<String> numbers = numbers();
        if (numbers.isPresent()) {
            try {
                Files.writeString(folder.resolve(NUMBERS), numbers.get());
            } catch (IOException e) {
                // A full disk: without it, nobody could tell later that the folder is a leftover.
                remove(folder);
                throw e;
            }
        }
        return folder;
    }

    /// Folders tell whose they are, so that what a crash of this process left can be told from what is in use.
    static String prefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    /// The number of the process that made the folder of this name, if it is one of a worker.
    static Optional<Long> maker(Path folder) {
        String name = String.valueOf(folder.getFileName());
        int end = name.indexOf('-', PREFIX.length());
        String number = name.startsWith(PREFIX) && end > 0 ? name.substring(PREFIX.length(), end) : "";
        return number.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(number)) : Optional.empty();
    }

    /// Whether the numbers of processes in the names of folders are those that are seen here.
    static boolean isNumberedAsHere(Path folder) {
        try {
            Path numbers = folder.resolve(NUMBERS);
            Optional<String> there = Files.exists(numbers) ? Optional.of(Files.readString(numbers)) : Optional.empty();
            return there.equals(numbers());
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> numbers() {
        try {
            // The first namespace is called the same on every machine, and a folder may be shared by several.
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")) + " "
                    + Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                            .strip());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir", ""));
    }

    /// Where sockets may lie whose paths would be too long below the temporary folder: this user's own folder for such
    /// things, then the one that every Unix has.
    static List<Path> shorter() {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return List.of();
        }
        Path common = Path.of("/tmp");
        String own = System.getenv("XDG_RUNTIME_DIR");
        return own == null || !own.startsWith("/") ? List.of(common) : List.of(Path.of(own), common);
    }

    private static int length(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /// What to do where the socket's path is too long; empty where it is not.
    Optional<String> remedy() {
        return length(socket) <= LONGEST + 38
                ? Optional.empty()
                : Optional.of("Set a temporary folder with a shorter path with -Djava.io.tmpdir.");
    }

    void remove() {
        remove(files);
        Path apart = socket.getParent();
        if (apart != null && !apart.equals(files)) {
            remove(apart);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // The other side is removing it too, or the system still holds a mapped file: when we end, we try again.
            folder.toFile().deleteOnExit();
        }
    }
}
