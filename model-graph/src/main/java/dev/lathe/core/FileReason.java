package dev.lathe.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// Why the file system refused something, in words. What Java says of it is often the path alone.
public final class FileReason {
    private FileReason() {}

    /// Whether there is no room on the disk, or none left for this user.
    public static boolean isFullDisk(IOException e) {
        String reason = of(e).toLowerCase(Locale.ROOT);
        return reason.contains("no space") || reason.contains("not enough space") || reason.contains("quota");
    }

    /// The code of the diagnostic for a file that could not be written: the same everywhere, because it decides whose
    /// fault that is. A full disk is the machine's trouble, a place that nobody may write to was the wrong one.
    public static String codeOfWriting(IOException e) {
        return isFullDisk(e) ? "disk-full" : "cannot-write";
    }

    public static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission";
            case NoSuchFileException missing -> "no such file or folder";
            case FileAlreadyExistsException there -> "there is a file of that name";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            // The writer of pictures tells of its own failure and keeps the disk's for the details.
            case IOException outer when outer.getCause() instanceof IOException inner -> of(inner);
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
