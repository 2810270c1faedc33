package dev.lathe.profile;

import java.util.List;

/// How threads shared the work of a layer or kernel, over all profiled runs: how many took part in the mean, `used`,
/// and of the parts of parallel loops that threads took the part, 0…1, of each thread, the calling one first. Parts
/// of a loop need not be of one size: what a thread took is a count, not a time.
public record ThreadShares(double used, List<Double> shares) {
    public ThreadShares {
        shares = List.copyOf(shares);
    }

    /// Threads that there are.
    public int pool() {
        return shares.size();
    }
}
