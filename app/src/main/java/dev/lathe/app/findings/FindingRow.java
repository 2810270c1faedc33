package dev.lathe.app.findings;

import dev.lathe.app.project.RunChange;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.insight.Finding;
import java.util.List;
import java.util.Optional;

/// A finding as the tab shows it. `layers` are those of its places that the canvas can show. `pass` is the pass that
/// does the remedy, where there is one here, `again` what is to be set for the next run, `command` a command line
/// that does, with the model's file in it.
public record FindingRow(
        Finding finding,
        List<NodeId> layers,
        Optional<Offer> pass,
        Optional<RunChange> again,
        Optional<String> command) {
    public FindingRow {
        layers = List.copyOf(layers);
    }

    /// A pass by its name, and as people read it.
    public record Offer(String name, String title) {}

    public boolean isCaution() {
        return finding.severity() == Finding.Severity.CAUTION;
    }

    /// `3 layers`; empty for what is about the whole run.
    public String where() {
        return switch (layers.size()) {
            case 0 -> "";
            case 1 -> "1 layer";
            default -> layers.size() + " layers";
        };
    }
}
