package dev.lathe.app.timeline;

import java.util.List;

/// What one thread, or one queue of a device, did: in the first row, and in the rows below it what ran inside.
///
/// @param owner whose it is: a run or a process
/// @param slices of all rows together
public record Track(String owner, String name, List<SliceRow> rows, int slices) {
    public Track {
        rows = List.copyOf(rows);
    }
}
