package dev.lathe.app.compare;

import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.project.VariantId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfileRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One of two variants that are compared. `run` is its measurement. `differences` are those of its outputs against
/// the source model's; empty for the source itself and until they were computed.
public record Side(
        VariantId id,
        String name,
        Analysis analysis,
        LayerTimes times,
        Optional<ProfileRun> run,
        long fileBytes,
        List<OutputDifference> differences) {
    public Side {
        differences = List.copyOf(differences);
    }

    /// The measured median.
    public Optional<Duration> latency() {
        return run.map(r -> r.latency().p50());
    }
}
