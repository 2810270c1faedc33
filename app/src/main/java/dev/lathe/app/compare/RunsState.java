package dev.lathe.app.compare;

import dev.lathe.profile.compare.RunComparison;
import java.util.List;
import java.util.Optional;

/// Two kept measurements beside each other. `comparison` is empty while it is made, and where there are fewer than two.
public record RunsState(
        List<RunChoice> choices,
        Optional<RunChoice> before,
        Optional<RunChoice> after,
        Optional<RunComparison> comparison,
        List<RunRow> rows) {
    static final RunsState EMPTY =
            new RunsState(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public RunsState {
        choices = List.copyOf(choices);
        rows = List.copyOf(rows);
    }
}
