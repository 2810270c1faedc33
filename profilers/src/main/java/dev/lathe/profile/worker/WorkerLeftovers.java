package dev.lathe.profile.worker;

import dev.lathe.core.Jobs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Folders of workers whose process was killed together with its worker, so that nobody was left to remove them; they
/// may hold a model's weights. Only this user's, and only those of processes that are surely gone: a number that is in
/// use is another's when that one began after the folder was last changed.
final class WorkerLeftovers {
    /// Clocks are set, and processes tell when they began to some hundredths of a second.
    private static final Duration SURELY = Duration.ofMinutes(1);

    private WorkerLeftovers() {}

    /// Looked for once in a process, and not before it needs a worker.
    private static final class Once {
        private static final Thread CLEARING =
                Jobs.daemon("lathe-leftovers", () -> places().forEach(WorkerLeftovers::clear));

        private static Set<Path> places() {
            Set<Path> places = new TreeSet<>(WorkerFolder.shorter());
            places.add(WorkerFolder.temporary());
            return places;
        }
    }

    /// Removes them in the background, when this process asks for the first time.
    static Thread clearOnce() {
        return Once.CLEARING;
    }

    /// Removes those in this folder.
    static void clear(Path place) {
        Optional<UserPrincipal> user = user();
        if (user.isEmpty()) {
            return;
        }
        for (Path folder : workers(place)) {
            try {
                if (isLeft(folder, user.get())) {
                    WorkerFolder.remove(folder);
                }
            } catch (IOException e) {
                // Its process has just removed it.
            }
        }
    }

    private static List<Path> workers(Path place) {
        List<Path> workers = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place)) {
            for (Path p : all) {
                if (WorkerFolder.maker(p).isPresent()) {
                    workers.add(p);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Nothing can be told of it.
        }
        return workers;
    }

    private static Optional<UserPrincipal> user() {
        try {
            return Optional.of(FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name", "")));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean isLeft(Path folder, UserPrincipal user) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
                && isGone(
                        WorkerFolder.maker(folder).orElseThrow(),
                        Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                                .toInstant())
                && WorkerFolder.isNumberedAsHere(folder);
    }

    private static boolean isGone(long number, Instant changed) {
        Optional<ProcessHandle> process = ProcessHandle.of(number).filter(ProcessHandle::isAlive);
        return process.isEmpty()
                || process.get()
                        .info()
                        .startInstant()
                        .filter(began -> began.isAfter(changed.plus(SURELY)))
                        .isPresent();
    }
}
