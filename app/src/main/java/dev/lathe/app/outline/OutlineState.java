package dev.lathe.app.outline;

import java.util.List;

/// What the outline shows: its visible lines, and what its numbers are, e.g. `time, ms`.
public record OutlineState(boolean hasModel, List<OutlineRow> rows, String quantity, boolean filtered) {
    static final OutlineState EMPTY = new OutlineState(false, List.of(), "", false);
    static final OutlineState AWAITED = new OutlineState(true, List.of(), "", false);

    public OutlineState {
        rows = List.copyOf(rows);
    }
}
