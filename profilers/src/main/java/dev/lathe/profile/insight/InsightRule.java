package dev.lathe.profile.insight;

/// Looks at one thing in the facts of a run and says what it found, with the run's own figures. Registered as a
/// service; without state.
public interface InsightRule {

    /// Stable key, e.g. `layout-conversions`.
    String id();

    /// What it looks for, in a few words for people, e.g. `conversions of layout`.
    String title();

    /// Takes milliseconds, even on models of 10,000 layers.
    Verdict check(RunFacts facts);
}
