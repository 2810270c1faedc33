package dev.lathe.profile.insight;

import java.util.List;

/// What a rule says of a run.
public sealed interface Verdict {

    /// There is evidence; never empty.
    record Found(List<Finding> findings) implements Verdict {
        public Found {
            findings = List.copyOf(findings);
        }
    }

    /// It looked and found nothing. `seen` is what it saw, as a sentence without its full stop.
    record Clean(String seen) implements Verdict {}

    /// What it needs to know is missing: why, as a sentence without its full stop.
    record NotChecked(String why) implements Verdict {}

    static Verdict found(Finding one) {
        return new Found(List.of(one));
    }

    /// Those that there are, or that there is nothing.
    static Verdict of(List<Finding> findings, String otherwise) {
        return findings.isEmpty() ? new Clean(otherwise) : new Found(findings);
    }
}
