package dev.lathe.profile;

import dev.lathe.profile.engine.ThreadUse;
import java.util.Arrays;
import java.util.Optional;

/// Adds up how threads shared the work of kernels. Confined to one thread.
final class ThreadTally {
    private long kernels;
    private double used;
    private double[] joined = new double[0];

    /// @param part of the kernel that is the layer's
    void add(ThreadUse use, double part) {
        kernels++;
        used += use.used();
        if (joined.length < use.pool()) {
            joined = Arrays.copyOf(joined, use.pool());
        }
        for (int i = 0; i < use.pool(); i++) {
            joined[i] += part * use.joined().get(i);
        }
    }

    /// Empty where no engine told.
    Optional<ThreadShares> shares() {
        double all = Arrays.stream(joined).sum();
        return kernels == 0 || all == 0
                ? Optional.empty()
                : Optional.of(new ThreadShares(
                        used / kernels,
                        Arrays.stream(joined).map(n -> n / all).boxed().toList()));
    }
}
