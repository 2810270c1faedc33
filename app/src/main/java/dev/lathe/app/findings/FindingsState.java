package dev.lathe.app.findings;

import dev.lathe.profile.insight.Examination;
import dev.lathe.profile.insight.Verdict;
import java.util.List;
import java.util.Optional;

/// What the Findings tab shows: the findings, doubts first and then what wins most, and what became of every rule.
public record FindingsState(
        Stage stage, List<FindingRow> rows, List<Examination.Check> checks, Optional<FindingRow> chosen) {
    static final FindingsState EMPTY = new FindingsState(Stage.NO_MODEL, List.of(), List.of(), Optional.empty());

    public FindingsState {
        rows = List.copyOf(rows);
        checks = List.copyOf(checks);
    }

    /// How far it is.
    public enum Stage {
        NO_MODEL,
        /// There is nothing to look at until the model has run.
        NOT_RUN,
        LOOKING,
        TOLD
    }

    /// Rules that could not look.
    public long notChecked() {
        return checks.stream()
                .filter(c -> c.verdict() instanceof Verdict.NotChecked)
                .count();
    }

    /// How many there are, beside the tab's name; empty for none.
    public String badge() {
        return stage == Stage.TOLD && !rows.isEmpty() ? Integer.toString(rows.size()) : "";
    }

    FindingsState choosing(Optional<FindingRow> row) {
        return new FindingsState(stage, rows, checks, row);
    }
}
