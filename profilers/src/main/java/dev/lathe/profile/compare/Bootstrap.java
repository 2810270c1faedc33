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

    /// With fewer, resampling knows too little of how runs scatter: of pairs of the same model, one in nine would be
    /// called different with ten runs each, not one in twenty.
    private static final int LEAST = 20;

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

    /// The same for two layers whose typical times are known better than by the medians of their runs (these come from
    /// undisturbed runs): how the change of medians scatters, around the change of the typical times.
    static Difference around(double before, double after, List<Double> runsBefore, List<Double> runsAfter) {
        Difference medians = of(runsBefore, runsAfter);
        double of = medians.before() > 0 ? medians.after() / medians.before() : 0;
        if (Double.isNaN(medians.lowPercent()) || before <= 0 || of <= 0) {
            return new Difference(before, after, Double.NaN, Double.NaN);
        }
        double shift = after / before / of;
        return new Difference(
                before, after, shifted(medians.lowPercent(), shift), shifted(medians.highPercent(), shift));
    }

    private static double shifted(double percent, double by) {
        return 100 * ((1 + percent / 100) * by - 1);
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
