package dev.lathe.optimize.check;

import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.profile.engine.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What the numbers of a tensor are like. Minimum, maximum, mean and standard deviation (of the population)
/// are over the finite ones, NaN when there is none; `zeros` counts both zeros.
///
/// @param histogram counts of the finite numbers in as many equal steps from minimum to maximum
public record ValueStatistics(
        long elements,
        long nan,
        long infinite,
        long zeros,
        double min,
        double max,
        double mean,
        double deviation,
        List<Long> histogram) {
    private static final int STEPS = 32;

    public ValueStatistics {
        histogram = List.copyOf(histogram);
    }

    /// @return with NaN figures and an empty histogram where the tensor holds no plain numbers
    public static ValueStatistics of(HostTensor t) {
        if (!t.strings().isEmpty()
                || t.elements() == 0
                || Elements.at(t.dtype(), t.bytes(), 0).isEmpty()) {
            return new ValueStatistics(
                    t.elements(), 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of());
        }
        long nan = 0;
        long infinite = 0;
        long zeros = 0;
        long finite = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double mean = 0;
        // Welford 1962: sums of squares would lose what large means leave.
        double squares = 0;
        for (long i = 0; i < t.elements(); i++) {
            double x = at(t, i);
            if (Double.isNaN(x)) {
                nan++;
            } else if (Double.isInfinite(x)) {
                infinite++;
            } else {
                finite++;
                zeros += x == 0 ? 1 : 0;
                min = Math.min(min, x);
                max = Math.max(max, x);
                double step = x - mean;
                mean += step / finite;
                squares += step * (x - mean);
            }
        }
        if (finite == 0) {
            return new ValueStatistics(
                    t.elements(), nan, infinite, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of());
        }
        return new ValueStatistics(
                t.elements(),
                nan,
                infinite,
                zeros,
                min,
                max,
                mean,
                Math.sqrt(squares / finite),
                histogram(t, min, max));
    }

    private static List<Long> histogram(HostTensor t, double min, double max) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(STEPS, 0L));
        for (long i = 0; i < t.elements(); i++) {
            double x = at(t, i);
            if (Double.isFinite(x)) {
                int step = max > min ? (int) ((x - min) / (max - min) * STEPS) : 0;
                counts.set(Math.min(step, STEPS - 1), counts.get(Math.min(step, STEPS - 1)) + 1);
            }
        }
        return counts;
    }

    private static double at(HostTensor t, long index) {
        return Elements.at(t.dtype(), t.bytes(), index).orElse(Double.NaN);
    }
}
