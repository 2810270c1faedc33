package dev.lathe.profile;

import java.util.Collection;

/// What the profiler adds to the time of every kernel, whatever the kernel's length: it writes down a
/// kernel's shapes before it stops that kernel's clock. Of a model with many tiny kernels this is most of
/// what the clock says (measured: 1 to 4 µs a kernel), so taking the same part from every layer would show
/// its few long kernels far too short.
///
/// What is taken off is never all that a kernel took: the clock that times it is too coarse, and the runs differ too
/// much, for a surcharge that leaves nothing to be more than a guess.
final class Surcharge {
    /// Enough halvings for a part of a nanosecond in a second.
    private static final int STEPS = 40;

    /// More than this many ns for a kernel no profiler took anywhere (1 to 4 µs on slow machines): what is beyond comes
    /// from other programs.
    static final double MOST = 10_000;

    /// Of every kernel at least this part is left: it did run.
    static final double LEAST_PART = 0.1;

    private Surcharge() {}

    /// The most that the profiler can have added to each kernel, if these are whole kernels: all that the shortest
    /// took. There nearly always is one that does next to nothing (measured: of 3.0 µs 0.2 are a Flatten's own).
    /// More than that comes from something else, which need not strike every kernel alike.
    static double borneOutBy(Collection<Load> loads) {
        return loads.stream().filter(l -> l.kernels() > 0).mapToDouble(l -> l.nanos() / l.kernels()).min().stream()
                .map(least -> Math.min(least, MOST))
                .findFirst()
                .orElse(0);
    }

    /// @param nanos of the kernels together
    /// @param kernels how many they are, in parts where one is shared
    record Load(double nanos, double kernels) {
        double without(double perKernel) {
            return Math.max(LEAST_PART * nanos, nanos - kernels * perKernel);
        }
    }

    /// The ns per kernel without which the loads together take `target`; `most` where that is not enough, 0
    /// where they do not exceed it.
    static double perKernel(Collection<Load> loads, double target, double most) {
        if (sum(loads, 0) <= target) {
            return 0;
        }
        if (sum(loads, most) >= target) {
            return most;
        }
        double low = 0;
        double high = most;
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (sum(loads, middle) > target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double sum(Collection<Load> loads, double perKernel) {
        return loads.stream().mapToDouble(l -> l.without(perKernel)).sum();
    }
}
