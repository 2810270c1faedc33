package dev.lathe.profile.compare;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Confidence of the difference of two medians by resampling (Efron 1979). Runs that follow each other meet the same
/// disturbances, so blocks of neighbours are drawn, not single runs (the moving block bootstrap of Künsch 1989); a
/// block is the cube root of the number of runs long.
final class Bootstrap {
    private static final int DRAWS = 2000;
    private static final double CONFIDENCE = 0.95;

    /// With fewer, blocks repeat the few values that there are.
    private static final int LEAST = 5;

    /// Always the same draws: the same files give the same answer.
    private static final long SEED = 20240607;

    private Bootstrap() {}

    /// @param before in ms, in the order of the runs
    /// @param after the same of the other measurement
    static Difference of(List<Double> before, List<Double> after) {
        double[] a = array(before);
        double[] b = array(after);
        double medianBefore = median(a.clone());
        double medianAfter = median(b.clone());
        if (a.length < LEAST || b.length < LEAST || medianBefore == 0) {
            return new Difference(medianBefore, medianAfter, Double.NaN, Double.NaN);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] changes = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            double x = median(resampled(a, random));
            changes[i] = x == 0 ? 0 : 100 * (median(resampled(b, random)) / x - 1);
        }
        Arrays.sort(changes);
        int tail = (int) (DRAWS * (1 - CONFIDENCE) / 2);
        return new Difference(medianBefore, medianAfter, changes[tail], changes[DRAWS - 1 - tail]);
    }

    private static double[] array(List<Double> all) {
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] resampled(double[] runs, SplittableRandom random) {
        int block = Math.max(1, (int) Math.round(Math.cbrt(runs.length)));
        double[] drawn = new double[runs.length];
        for (int at = 0; at < drawn.length; at += block) {
            int from = random.nextInt(runs.length - block + 1);
            System.arraycopy(runs, from, drawn, at, Math.min(block, drawn.length - at));
        }
        return drawn;
    }

    /// @param values in any order; they are sorted
    static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
