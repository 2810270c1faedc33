package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Something in a run that is worth a change, or a doubt: what it is, why that costs, and what to do.
///
/// `places` are the layers of the source graph that it is about, those that cost most first; none when it is about the
/// whole run. `gain` is missing where nobody can say what the remedy would win.
public record Finding(
        String rule,
        Severity severity,
        String title,
        String explanation,
        Remedy remedy,
        List<NodeId> places,
        Optional<Gain> gain) {
    public Finding {
        places = List.copyOf(places);
    }

    /// How much it matters.
    public enum Severity {
        /// The figures of the run themselves are in doubt.
        CAUTION,
        HIGH,
        MEDIUM,
        LOW
    }

    /// From this part of a run on a gain is high: nobody overlooks it.
    private static final double HIGH_FROM = 0.2;

    /// From this part on it is more than two runs of one model differ by.
    private static final double MEDIUM_FROM = 0.05;

    /// Doubts first, then what wins most; what wins an unknown amount comes last.
    public static final Comparator<Finding> BY_WEIGHT = Comparator.comparing(
                    (Finding f) -> f.severity() != Severity.CAUTION)
            .thenComparing(f -> f.gain().map(Gain::perRun).orElse(java.time.Duration.ZERO), Comparator.reverseOrder())
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule);

    /// Whose severity is that of its gain.
    public static Finding gaining(
            String rule, String title, String explanation, Remedy remedy, List<NodeId> places, Gain gain) {
        Severity severity =
                gain.part() >= HIGH_FROM ? Severity.HIGH : gain.part() >= MEDIUM_FROM ? Severity.MEDIUM : Severity.LOW;
        return new Finding(rule, severity, title, explanation, remedy, places, Optional.of(gain));
    }

    /// One whose gain nobody can tell beforehand.
    public static Finding open(
            String rule, Severity severity, String title, String explanation, Remedy remedy, List<NodeId> places) {
        return new Finding(rule, severity, title, explanation, remedy, places, Optional.empty());
    }

    /// A doubt in the run's figures.
    public static Finding caution(String rule, String title, String explanation, Remedy remedy) {
        return new Finding(rule, Severity.CAUTION, title, explanation, remedy, List.of(), Optional.empty());
    }
}
