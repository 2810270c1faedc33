package dev.lathe.app.compare;

import dev.lathe.core.Diagnostic;
import dev.lathe.profile.compare.RunComparison;
import java.util.List;
import java.util.Optional;

/// Two kept measurements beside each other. `comparison` is empty while it is made, and where there are fewer than two.
/// `troubles` tell of kept files that cannot be read, and so are not among `choices`.
public record RunsState(
        List<RunChoice> choices,
        Optional<RunChoice> before,
        Optional<RunChoice> after,
        Optional<RunComparison> comparison,
        List<RunRow> rows,
        List<Diagnostic> troubles) {
    static final RunsState EMPTY =
            new RunsState(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    public RunsState {
        choices = List.copyOf(choices);
        rows = List.copyOf(rows);
        troubles = List.copyOf(troubles);
    }
}
