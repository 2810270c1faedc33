package dev.lathe.profile.ceiling;

import dev.lathe.core.Quantity;

/// The most that a device gave of one kind of work, or why that could not be measured.
public sealed interface Ceiling {

    /// What the best of `runs` runs reached, and what the median run did, both in the same unit. The best is the
    /// ceiling: whatever disturbs a run only ever makes it slower.
    record Reached(Quantity best, Quantity median, int runs) implements Ceiling {
        private static final double WIDE = 1.25;

        /// How much more the best run reached than the median one, as a part of the median: 0 on a quiet machine.
        public double spread() {
            return best.value() / median.value() - 1;
        }

        /// Whether other programs took so much that the best run, too, may not have been left alone.
        public boolean disturbed() {
            return best.value() > WIDE * median.value();
        }
    }

    /// Why there is no figure, as a sentence without its full stop.
    record NotMeasurable(String why) implements Ceiling {}
}
