package dev.lathe.optimize;

import java.util.List;

/// One option of a pass as data: the command line parses it, the window makes a field of it.
public record OptionSpec(String name, Kind kind, String defaultValue, List<String> choices, String description) {
    /// FLAG true/false; CHOICE one of `choices`; PATTERNS comma-separated globs over node names; TEXT what the pass
    /// reads itself, several lines perhaps.
    public enum Kind {
        FLAG,
        CHOICE,
        INTEGER,
        NUMBER,
        PATTERNS,
        TEXT
    }

    public OptionSpec {
        choices = List.copyOf(choices);
    }
}
