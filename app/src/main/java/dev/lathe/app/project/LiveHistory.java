package dev.lathe.app.project;

import dev.lathe.profile.LiveSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The live samples of the present or last run, oldest first, the newest [#LIMIT] of them.
public record LiveHistory(List<LiveSample> samples) {
    /// A minute and a half at 4 samples a second.
    public static final int LIMIT = 360;

    public static final LiveHistory EMPTY = new LiveHistory(List.of());

    public LiveHistory {
        samples = List.copyOf(samples);
    }

    public Optional<LiveSample> latest() {
        return samples.isEmpty() ? Optional.empty() : Optional.of(samples.getLast());
    }

    public LiveHistory with(LiveSample next) {
        List<LiveSample> all =
                new ArrayList<>(samples.subList(Math.max(0, samples.size() - LIMIT + 1), samples.size()));
        all.add(next);
        return new LiveHistory(all);
    }
}
