package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/// What the user wants written: checked before the work starts, so that minutes of it are not lost over a typing
/// error, and written beside the target and moved over it, so that a full disk leaves an old file as it was.
final class OutputFile {
    static final Path STANDARD_OUTPUT = Path.of("-");

    private OutputFile() {}

    /// As [#check], for an option that may be absent.
    static void check(String option, Optional<Path> target) throws LatheException {
        if (target.isPresent()) {
            check(option, target.get());
        }
    }

    /// As [#check], for what takes the place of its target: a device or a pipe is refused.
    static void checkReplaceable(String option, Path target) throws LatheException {
        if (isSink(target)) {
            throw failed(option, target, "that is not a plain file");
        }
        check(option, target);
    }

    /// @throws LatheException when no file can be written there: its folder does not exist or cannot be written,
    ///     or the target is a folder
    static void check(String option, Path target) throws LatheException {
        if (target.equals(STANDARD_OUTPUT) || isSink(target)) {
            return;
        }
        if (Files.isDirectory(target)) {
            throw failed(option, target, "that is a folder");
        }
        Path folder = Optional.ofNullable(target.toAbsolutePath().getParent())
                .orElseThrow(() -> failed(option, target, "that is no file"));
        if (!Files.exists(folder)) {
            throw failed(option, target, "the folder " + folder + " does not exist");
        }
        probe(option, target, folder);
    }

    /// @throws LatheException when no files can be written into that folder, or it cannot be made
    static void checkFolder(String option, Path target) throws LatheException {
        Path there = target.toAbsolutePath();
        while (!Files.exists(there)) {
            Path parent = there.getParent();
            if (parent == null) {
                throw failed(option, target, "there is no such drive");
            }
            there = parent;
        }
        probe(option, target, there);
    }

    /// Only trying tells: permissions say nothing of a disk that is mounted to be read.
    private static void probe(String option, Path target, Path folder) throws LatheException {
        if (!Files.isDirectory(folder)) {
            throw failed(option, target, folder + " is a file, not a folder");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".lathe", ".part"));
        } catch (IOException e) {
            throw new LatheException(diagnostic(option, target, e), e);
        }
    }

    /// To the file, or to `out` for `-`.
    static void write(String option, Path target, String text, PrintWriter out) throws LatheException {
        if (target.equals(STANDARD_OUTPUT)) {
            out.print(text);
            out.flush();
        } else {
            write(option, target, text);
        }
    }

    static void write(String option, Path target, String text) throws LatheException {
        try {
            if (isSink(target)) {
                Files.writeString(target, text, StandardOpenOption.WRITE);
                return;
            }
            // Through a link, the file that it points to is replaced, not the link.
            Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            Path folder = file.getParent();
            if (folder == null) {
                throw failed(option, target, "that is no file");
            }
            // Not a temporary file: those are for their owner's eyes only.
            Path part = folder.resolve(".lathe-" + UUID.randomUUID() + ".part");
            try {
                Files.writeString(part, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new LatheException(diagnostic(option, target, e), e);
        }
    }

    /// The same problem for a command that has already written what `done` says, which stays.
    static LatheException after(String done, LatheException e) {
        Diagnostic d = e.diagnostic();
        String message = d.message() + (d.message().endsWith(".") ? " " : ". ") + done;
        return new LatheException(new Diagnostic(d.severity(), d.code(), message, d.place(), d.remedy()), e);
    }

    /// A device or a pipe is written into, never replaced by a file.
    private static boolean isSink(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
    }

    private static LatheException failed(String option, Path target, String why) {
        return new LatheException(diagnostic("cannot-write", option, target, why));
    }

    private static Diagnostic diagnostic(String option, Path target, IOException e) {
        return diagnostic(FileReason.codeOfWriting(e), option, target, reason(e));
    }

    private static Diagnostic diagnostic(String code, String option, Path target, String why) {
        return Diagnostic.error(
                code,
                "cannot be written for " + option + " (" + why + "); nothing there was changed.",
                Place.file(target));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "the folder does not exist";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
