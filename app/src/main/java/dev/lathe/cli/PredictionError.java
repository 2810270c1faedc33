package dev.lathe.cli;

import java.time.Duration;
import java.util.Locale;

/// How far a prediction was from what was then measured. Both are of the same kind and in the same unit.
record PredictionError(double predicted, double measured) {
    /// What a prediction that was met is off by, at most, for it to be called right.
    private static final double RIGHT = 0.5;

    static PredictionError of(Duration predicted, Duration measured) {
        return new PredictionError(predicted.toNanos(), measured.toNanos());
    }

    /// In percent of what was measured: above 0 when the prediction was higher.
    double percent() {
        return 100 * (predicted / measured - 1);
    }

    /// `2.8 times too high`, `12 % too low` or `right`.
    String words() {
        if (!(predicted > 0) || !(measured > 0)) {
            return "not comparable";
        }
        double ratio = predicted / measured;
        double factor = Math.max(ratio, 1 / ratio);
        if (factor < 1 + RIGHT / 100) {
            return "right";
        }
        String side = ratio > 1 ? " too high" : " too low";
        return factor >= 1.95
                ? String.format(Locale.ROOT, factor < 9.95 ? "%.1f times" : "%.0f times", factor) + side
                : String.format(Locale.ROOT, "%.0f %%", Math.abs(percent())) + side;
    }
}
