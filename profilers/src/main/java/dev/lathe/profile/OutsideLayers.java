package dev.lathe.profile;

import java.time.Duration;
import java.util.OptionalDouble;

/// What the time is that a run's layers leave over, as far as the profiled runs themselves bear it out.
public sealed interface OutsideLayers {
    /// So much of a run (0…1) may be outside the layers beyond what lies between the kernels of a profiled
    /// run: two sets of runs on a quiet machine differ by less.
    double BORNE_OUT = 0.05;

    /// The engine does not tell what its layers cost, or the profile could not be had.
    record NotTold() implements OutsideLayers {}

    /// The engine's own work, and kernels that no layer stands behind.
    record Runtime(Duration time) implements OutsideLayers {}

    /// More than lies between the kernels of a profiled run. The runs that were not profiled took `ratio` times
    /// those that were, so something else than the engine took the time.
    record Unsteady(Duration time, double ratio) implements OutsideLayers {}

    static OutsideLayers of(ProfileRun run) {
        return run.layers().isEmpty() ? new NotTold() : of(run.outsideLayers(), run.layerSum(), run.kernelCoverage());
    }

    /// @param total the layers and what is outside them
    /// @param coverage the part, 0…1, of a profiled run that its kernels took by the engine's own clock: where
    ///     it is not told, nothing speaks against the engine's having taken the time
    static OutsideLayers of(Duration outside, Duration total, OptionalDouble coverage) {
        double share = total.isZero() ? 0 : (double) outside.toNanos() / total.toNanos();
        double between = 1 - coverage.orElse(0);
        return share - between > BORNE_OUT && share < 1
                ? new Unsteady(outside, coverage.orElse(1) / (1 - share))
                : new Runtime(outside);
    }

    /// What a row with this time is called.
    default String title() {
        return switch (this) {
            case NotTold n -> "outside the layers: not told";
            case Runtime r -> "outside the layers (the runtime itself)";
            case Unsteady u -> "outside the layers";
        };
    }
}
