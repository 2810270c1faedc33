package dev.lathe.app.layers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the layers table shows: rows in order of execution (the table sorts), and the sums over them. `asItRuns` when
/// they are the kernels of the graph that the runtime made of the model.
public record LayersState(
        boolean hasModel,
        int allRows,
        int nodes,
        boolean asItRuns,
        List<LayerRow> rows,
        LayerTimes times,
        Sums sums,
        double largestShare) {
    static final LayersState EMPTY = withoutRows(false);
    static final LayersState AWAITED = withoutRows(true);

    public LayersState {
        rows = List.copyOf(rows);
    }

    private static LayersState withoutRows(boolean hasModel) {
        return new LayersState(
                hasModel,
                0,
                0,
                false,
                List.of(),
                LayerTimes.NONE,
                new Sums(Optional.empty(), Optional.empty(), OptionalLong.of(0), OptionalLong.of(0), 0),
                0);
    }

    public boolean filtered() {
        return rows.size() < allRows;
    }

    /// Sums over the shown rows. `outside` is present only when every layer is shown after a whole run, and then it is
    /// part of `time`. `flops` is empty as soon as one row's work is unknown.
    public record Sums(
            Optional<Duration> time,
            Optional<Duration> outside,
            OptionalLong flops,
            OptionalLong weightBytes,
            double share) {}
}
