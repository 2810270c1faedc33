package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Text files that the user named: written beside the target and moved over it, so that a full disk leaves an
/// old one as it was.
final class OutputFile {
    static final Path STANDARD_OUTPUT = Path.of("-");

    private OutputFile() {}

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
        Path folder = target.toAbsolutePath().getParent();
        try {
            if (folder == null) {
                throw new IOException("not a file");
            }
            Path part = Files.createTempFile(folder, ".lathe", ".part");
            try {
                Files.writeString(part, text);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "cannot-write",
                            "Cannot write " + target + " for " + option + ": " + reason(e) + ".",
                            Place.file(target)),
                    e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException missing -> "the folder does not exist";
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }
}
