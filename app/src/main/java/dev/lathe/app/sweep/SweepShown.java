package dev.lathe.app.sweep;

import dev.lathe.app.project.SweepState;
import java.util.List;
import java.util.Optional;

/// What the Sweep tab shows. `axes` are what can be varied; `varied` the names of what the sweep varies, in its order,
/// `perItem` whether throughput counts the items of a batch.
public record SweepShown(
        boolean hasModel,
        List<SweepAxis> axes,
        Optional<SweepState> sweep,
        List<String> varied,
        List<SweepRow> rows,
        boolean perItem) {
    static final SweepShown EMPTY = new SweepShown(false, List.of(), Optional.empty(), List.of(), List.of(), false);

    public SweepShown {
        axes = List.copyOf(axes);
        varied = List.copyOf(varied);
        rows = List.copyOf(rows);
    }

    public Optional<SweepState.Phase> phase() {
        return sweep.map(SweepState::phase);
    }

    public Optional<SweepRow> best() {
        return rows.stream().filter(SweepRow::best).findFirst();
    }

    public long measured() {
        return rows.stream().filter(r -> r.result().isPresent()).count();
    }
}
