package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.file.Path;

/// Folders for files that are of use as long as this process lives. Whoever makes one removes it; what a process that
/// was killed left is removed when a later one needs a worker, as workers' folders are.
public final class ScratchFolder {
    private ScratchFolder() {}

    /// A new one in the temporary folder, for this user only. It holds one small file that says whose it is.
    public static Path make() throws IOException {
        Path folder = WorkerFolder.made(WorkerFolder.temporary());
        // The last that is named goes first: an empty folder can be removed.
        folder.toFile().deleteOnExit();
        folder.resolve(WorkerFolder.NUMBERS).toFile().deleteOnExit();
        return folder;
    }
}
