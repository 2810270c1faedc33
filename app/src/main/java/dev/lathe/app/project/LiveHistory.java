package dev.lathe.app.project;

import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfileRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of the present or last run of `variant`: its samples, oldest first, the newest [#LIMIT] of them, and
/// from its end its `result`, when it left one.
public record LiveHistory(Attempt run, VariantId variant, List<LiveSample> samples, Optional<ProfileRun> result) {
    /// A minute and a half at 4 samples a second.
    public static final int LIMIT = 360;

    public static final LiveHistory EMPTY = of(Attempt.NONE, VariantId.SOURCE);

    public LiveHistory {
        samples = List.copyOf(samples);
    }

    /// Of a run that begins.
    public static LiveHistory of(Attempt run, VariantId variant) {
        return new LiveHistory(run, variant, List.of(), Optional.empty());
    }

    /// Whether these are the samples of this run.
    public boolean isOf(Attempt which) {
        return !run.equals(Attempt.NONE) && run.equals(which);
    }

    public Optional<LiveSample> latest() {
        return samples.isEmpty() ? Optional.empty() : Optional.of(samples.getLast());
    }

    public LiveHistory with(LiveSample next) {
        List<LiveSample> all =
                new ArrayList<>(samples.subList(Math.max(0, samples.size() - LIMIT + 1), samples.size()));
        all.add(next);
        return new LiveHistory(run, variant, all, result);
    }

    public LiveHistory withResult(ProfileRun next) {
        return new LiveHistory(run, variant, samples, Optional.of(next));
    }
}
