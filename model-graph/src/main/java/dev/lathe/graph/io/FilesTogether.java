package dev.lathe.graph.io;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/// Several files for one folder that appear there together, when all are written: they are written into a hidden
/// folder within it and moved. Closed without [#keep], they leave no trace, nor do folders made for them.
public final class FilesTogether implements AutoCloseable {
    private static final String OLD = ".old-";

    private final Path target;
    private final Path hidden;
    private final Deque<Path> made;
    private final Map<Path, Path> olds = new LinkedHashMap<>();
    private boolean kept;

    private FilesTogether(Path target, Path hidden, Deque<Path> made) {
        this.target = target;
        this.hidden = hidden;
        this.made = made;
    }

    /// @param target the folder, made when it is not there
    /// @throws LatheException when it cannot be made or written
    public static FilesTogether in(Path target) throws LatheException {
        Deque<Path> made = new ArrayDeque<>();
        for (Path p = target.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) {
            made.addLast(p);
        }
        Path hidden = target.resolve(".lathe-" + UUID.randomUUID() + ".part");
        FilesTogether files = new FilesTogether(target, hidden, made);
        try {
            Files.createDirectories(target);
            Files.createDirectory(hidden);
            return files;
        } catch (IOException e) {
            files.close();
            throw failed(target, e);
        }
    }

    /// Where to write the files.
    public Path folder() {
        return hidden;
    }

    /// A problem with one of the files, told by the place that the user knows.
    public LatheException told(LatheException e) {
        Diagnostic d = e.diagnostic();
        if (d.place() instanceof Place.InFile(Path file, OptionalLong offset) && file.startsWith(hidden)) {
            Place seen = new Place.InFile(target.resolve(hidden.relativize(file)), offset);
            return new LatheException(d.at(seen), e);
        }
        return e;
    }

    /// Moves all files to their place, over older ones of the same names.
    ///
    /// @throws LatheException when one cannot take its place: then the older ones are all there again
    public void keep() throws LatheException {
        Path at = target;
        Map<Path, Path> placed = new LinkedHashMap<>();
        try {
            List<Path> files = content(hidden);
            for (Path f : files) {
                at = target.resolve(hidden.relativize(f));
                if (Files.isDirectory(at)) {
                    throw new FileSystemException(at.toString(), null, "a folder of this name is there");
                }
                if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    Path aside = hidden.resolve(OLD + UUID.randomUUID());
                    Files.move(at, aside);
                    olds.put(at, aside);
                }
            }
            for (Path f : files) {
                at = target.resolve(hidden.relativize(f));
                Files.move(f, at);
                placed.put(at, f);
            }
            olds.clear();
            kept = true;
        } catch (IOException e) {
            LatheException why = failed(at, e);
            restore(placed, why);
            throw why;
        }
    }

    private void restore(Map<Path, Path> placed, LatheException why) {
        try {
            for (Map.Entry<Path, Path> p : placed.entrySet()) {
                Files.move(p.getKey(), p.getValue());
            }
            for (Map.Entry<Path, Path> o : olds.entrySet()) {
                Files.move(o.getValue(), o.getKey());
            }
            olds.clear();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            // Older files that could not go back must not be lost: then the hidden folder stays.
            if (Files.isDirectory(hidden) && olds.isEmpty()) {
                for (Path f : content(hidden)) {
                    Files.deleteIfExists(f);
                }
                Files.delete(hidden);
            }
            if (!kept) {
                // Innermost first; a folder that somebody else has put something into stays.
                for (Path p : made) {
                    Files.deleteIfExists(p);
                }
            }
        } catch (IOException e) {
            hidden.toFile().deleteOnExit();
        }
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private static LatheException failed(Path at, IOException e) {
        return new LatheException(
                Diagnostic.error(
                        FileReason.codeOfWriting(e), "cannot be written (" + FileReason.of(e) + ").", Place.file(at)),
                e);
    }
}
