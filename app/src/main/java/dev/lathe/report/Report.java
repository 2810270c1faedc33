package dev.lathe.report;

import java.time.Instant;
import java.util.List;

/// Everything a report tells: the original first, then its variants. `machine` are facts about where it was
/// measured, name and text.
public record Report(String title, Instant when, String version, List<Fact> machine, List<ReportVariant> variants) {
    /// A name and what there is to say.
    public record Fact(String name, String text) {}

    public Report {
        machine = List.copyOf(machine);
        variants = List.copyOf(variants);
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("a report has at least the original model");
        }
    }

    public ReportVariant original() {
        return variants.getFirst();
    }

    /// What stands behind a title to say which variant it is about; nothing when there is only one.
    String of(ReportVariant v) {
        return variants.size() > 1 ? " · " + v.name() : "";
    }
}
