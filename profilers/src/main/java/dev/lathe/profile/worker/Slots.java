package dev.lathe.profile.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// Shared memory that is written again for later messages: numbered mapped files. A new file for each tensor costs more
/// than the copy itself: its pages are new, and are touched first by
/// both sides. Confined to one call at a time.
final class Slots {
    /// One of them: a file of the private folder, and its memory.
    record Slot(String file, MemorySegment memory) {}

    private final Path folder;
    private final String prefix;
    private final Map<Integer, Slot> written = new HashMap<>();
    private final Map<String, Slot> read = new HashMap<>();
    private int made;

    Slots(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /// The slot of this number, with room for `bytes`; a new file when the old one is too small.
    Slot atLeast(int number, long bytes) throws IOException {
        Slot slot = written.get(number);
        if (slot == null || slot.memory().byteSize() < bytes) {
            slot = make(number, Math.max(1 << 16, Long.highestOneBit(bytes - 1) << 1));
            written.put(number, slot);
        }
        return new Slot(slot.file(), slot.memory().asSlice(0, bytes));
    }

    private Slot make(int number, long bytes) throws IOException {
        String name = prefix + "slot" + number + "-" + ++made;
        try (FileChannel file = FileChannel.open(
                folder.resolve(name),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new Slot(name, file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, Arena.ofAuto()));
        }
    }

    /// The memory of a slot that another side made, whole.
    ///
    /// @param file its name, or where it is when it is not in this folder
    /// @param last whether nobody else will want to map it
    MemorySegment mapped(String file, boolean last) throws IOException {
        // All files of one number have a name up to the dash in common; only the newest is of use.
        String number = file.substring(0, file.lastIndexOf('-'));
        Slot slot = read.get(number);
        if (slot == null || !slot.file().equals(file)) {
            Path path = folder.resolve(file);
            try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
                slot = new Slot(file, in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), Arena.ofAuto()));
            } finally {
                if (last) {
                    Files.deleteIfExists(path);
                }
            }
            read.put(number, slot);
        }
        return slot.memory();
    }
}
