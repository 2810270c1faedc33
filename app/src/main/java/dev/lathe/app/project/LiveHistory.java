package dev.lathe.app.project;

import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfileRun;
import java.util.Optional;

/// What is known of the present or last run of `variant`: how many samples came, the `latest` of them (each has all
/// layers, so that a minute of them would fill the memory; the charts keep their own points), and from its end its
/// `result`, when it left one.
public record LiveHistory(
        Attempt run, VariantId variant, long count, Optional<LiveSample> latest, Optional<ProfileRun> result) {
    public static final LiveHistory EMPTY = of(Attempt.NONE, VariantId.SOURCE);

    /// Of a run that begins.
    public static LiveHistory of(Attempt run, VariantId variant) {
        return new LiveHistory(run, variant, 0, Optional.empty(), Optional.empty());
    }

    /// Whether these are the samples of this run.
    public boolean isOf(Attempt which) {
        return !run.equals(Attempt.NONE) && run.equals(which);
    }

    public LiveHistory with(LiveSample next) {
        return new LiveHistory(run, variant, count + 1, Optional.of(next), result);
    }

    public LiveHistory withResult(ProfileRun next) {
        return new LiveHistory(run, variant, count, latest, Optional.of(next));
    }
}
