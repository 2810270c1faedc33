package dev.lathe.app.sweep;

import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.util.Optional;
import java.util.OptionalDouble;

/// A line of the table: a point, what was found there, and whether it is the best one.
///
/// @param perSecond items of the batch that is varied, else runs
public record SweepRow(
        SweepPoint point, Optional<SweepResult> result, OptionalDouble perSecond, boolean best, boolean measuring) {

    public Optional<SweepResult.Measured> measured() {
        return result.flatMap(r -> r instanceof SweepResult.Measured m ? Optional.of(m) : Optional.empty());
    }

    /// The size of an axis here.
    public long value(String axis) {
        return switch (axis) {
            case SweepAxis.THREADS -> point.threads();
            case SweepAxis.STREAMS -> point.streams();
            default -> Optional.ofNullable(point.dims().sizes().get(axis)).orElse(0L);
        };
    }

    /// What the line tells beside its numbers.
    public String remark() {
        if (best) {
            return "best";
        }
        return result.map(r -> r instanceof SweepResult.Failed f ? "did not run: " + f.why() : "")
                .orElse(measuring ? "measuring …" : "not yet measured");
    }
}
