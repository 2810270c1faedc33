package dev.lathe.profile;

import java.util.Collection;

/// What the profiler adds to the time of every kernel, whatever the kernel's length: it writes down a
/// kernel's shapes before it stops that kernel's clock. Of a model with many tiny kernels this is most of
/// what the clock says (measured: 1 to 4 µs a kernel), so taking the same part from every layer would show
/// its few long kernels far too short.
final class Surcharge {
    /// Enough halvings for a part of a nanosecond in a second.
    private static final int STEPS = 40;

    private Surcharge() {}

    /// @param nanos of the kernels together
    /// @param kernels how many they are, in parts where one is shared
    record Load(double nanos, double kernels) {
        double without(double perKernel) {
            return Math.max(0, nanos - kernels * perKernel);
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
