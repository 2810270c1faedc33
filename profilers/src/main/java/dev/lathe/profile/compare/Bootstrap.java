package dev.lathe.profile.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Confidence of the difference of two medians by resampling (Efron 1979). Runs that follow each other meet the same
/// disturbances, so blocks of neighbours are drawn, not single runs (the moving block bootstrap of Künsch 1989); a
/// block is the cube root of the number of runs long.
final class Bootstrap {
    private static final int DRAWS = 2000;
    private static final int LEAST_DRAWS = 400;

    /// So many runs are drawn in all, which takes some tenths of a second: a loop of hours has hundreds of thousands.
    private static final int MOST_DRAWN = 40_000_000;

    private static final double CONFIDENCE = 0.95;

    /// With fewer, resampling knows too little of how runs scatter: of pairs of the same model, one in nine would be
    /// called different with ten runs each, not one in twenty.
    static final int LEAST = 20;

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
        Resampled x = new Resampled(a);
        Resampled y = new Resampled(b);
        // Medians of so many runs hardly differ from draw to draw.
        int draws = Math.clamp(MOST_DRAWN / (a.length + b.length), LEAST_DRAWS, DRAWS);
        double[] changes = new double[draws];
        for (int i = 0; i < draws; i++) {
            double of = x.median(random);
            changes[i] = of == 0 ? 0 : 100 * (y.median(random) / of - 1);
        }
        Arrays.sort(changes);
        int tail = (int) (draws * (1 - CONFIDENCE) / 2);
        return new Difference(medianBefore, medianAfter, changes[tail], changes[draws - 1 - tail]);
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

    /// Medians of what is drawn from the same runs again and again: they are sorted once, and each draw only counts how
    /// often it has which of them.
    private static final class Resampled {
        private final double[] sorted;
        /// Of each run its place among the sorted ones.
        private final int[] place;
        private final int[] drawn;
        private final int block;

        Resampled(double[] runs) {
            int n = runs.length;
            Integer[] order = new Integer[n];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingDouble(i -> runs[i]));
            sorted = new double[n];
            place = new int[n];
            for (int i = 0; i < n; i++) {
                sorted[i] = runs[order[i]];
                place[order[i]] = i;
            }
            drawn = new int[n];
            block = Math.max(1, (int) Math.round(Math.cbrt(n)));
        }

        double median(SplittableRandom random) {
            int n = sorted.length;
            Arrays.fill(drawn, 0);
            for (int at = 0; at < n; at += block) {
                int from = random.nextInt(n - block + 1);
                for (int i = from; i < from + Math.min(block, n - at); i++) {
                    drawn[place[i]]++;
                }
            }
            int below = 0;
            int i = -1;
            while (below <= (n - 1) / 2) {
                below += drawn[++i];
            }
            double lower = sorted[i];
            while (below <= n / 2) {
                below += drawn[++i];
            }
            return (lower + sorted[i]) / 2;
        }
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
