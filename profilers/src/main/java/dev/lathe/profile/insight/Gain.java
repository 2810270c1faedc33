package dev.lathe.profile.insight;

import java.time.Duration;

/// What a remedy would take off each run: `perRun`, which is `part`, 0…1, of the run. Of which kind that number is, is
/// always said with it.
public record Gain(Duration perRun, double part, Kind kind) {

    /// How the amount is known.
    public enum Kind {
        /// It was measured.
        MEASURED("measured"),
        /// It follows from other measurements of the run.
        ESTIMATE("estimate"),
        /// All that the finding costs: no remedy wins more.
        AT_MOST("estimate, at most");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// `~1.2 ms of each run (8 %; estimate, at most)`.
    public String text() {
        return (kind == Kind.MEASURED ? "" : kind == Kind.AT_MOST ? "≤ " : "~") + Words.time(perRun) + " a run ("
                + Words.percent(part) + "; " + kind.words() + ")";
    }
}
