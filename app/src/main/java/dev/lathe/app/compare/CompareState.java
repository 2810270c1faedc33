package dev.lathe.app.compare;

import dev.lathe.app.project.VariantId;
import dev.lathe.profile.ProfileRun;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the Compare tab shows. `choices` are the variants that can be put on a side. `points` are those that the map of
/// latency against size may show side by side; `apart` says of the others that were measured why it may not.
public record CompareState(
        List<Choice> choices, Optional<Pair> pair, List<VariantPoint> points, List<String> notRun, List<String> apart) {
    static final CompareState EMPTY = new CompareState(List.of(), Optional.empty(), List.of(), List.of(), List.of());

    public CompareState {
        choices = List.copyOf(choices);
        points = List.copyOf(points);
        notRun = List.copyOf(notRun);
        apart = List.copyOf(apart);
    }

    public record Choice(VariantId id, String name) {}

    /// Two variants layer by layer. `outsideA` and `outsideB` are time that no layer accounts for, in ns. `worst` is
    /// the output of B that differs most from the source's.
    public record Pair(
            Side a,
            Side b,
            List<CompareRow> rows,
            OptionalDouble sumA,
            OptionalDouble sumB,
            OptionalDouble outsideA,
            OptionalDouble outsideB,
            double bytesA,
            double bytesB,
            double largestChange,
            Optional<dev.lathe.optimize.check.OutputDifference> worst) {
        /// One layer in two runs of the same model differs by up to so much of itself.
        private static final double SAME_LAYER = 0.05;

        /// And by so much of the whole run, which of a short layer is more.
        private static final double SAME_RUN = 0.002;

        public Pair {
            rows = List.copyOf(rows);
        }

        /// Why the speed-up is not to be trusted, in a word or two.
        public Optional<String> doubt() {
            return a.run().flatMap(one -> b.run().flatMap(two -> ProfileRun.doubt(one, two)));
        }

        /// Whether both were measured at the same sizes, on the same device, in the same way; so too until they were.
        public boolean comparable() {
            return a.run()
                    .flatMap(one -> b.run().map(two -> ProfileRun.comparable(one, two)))
                    .orElse(true);
        }

        /// Whether a row's difference of times is more than what runs of one model differ by.
        public boolean tells(CompareRow row) {
            double longer = Math.max(row.nanosA().orElse(0), row.nanosB().orElse(0));
            double least = Math.max(SAME_LAYER * longer, SAME_RUN * sumA.orElse(0));
            return doubt().isEmpty() && Math.abs(row.nanosChange().orElse(0)) > least;
        }

        /// How many times smaller B's latency is; empty until both were measured, and where that says nothing.
        public OptionalDouble speedup() {
            return comparable()
                            && a.latency().isPresent()
                            && b.latency().isPresent()
                            && !b.latency().get().isZero()
                    ? OptionalDouble.of((double) a.latency().get().toNanos()
                            / b.latency().get().toNanos())
                    : OptionalDouble.empty();
        }
    }
}
