package dev.lathe.app.project;

import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.ThreadShares;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How the threads that took part in a layer are told.
public final class ThreadWords {
    private ThreadWords() {}

    /// `1.8 of 2`; the sign for what is not known where the engine does not tell.
    public static String of(Optional<ThreadShares> threads) {
        return threads.map(t -> String.format(Locale.ROOT, "%.1f of %d", t.used(), t.pool()))
                .orElse(Numbers.UNKNOWN);
    }

    /// What the figure means, and what part each thread took; or why there is none.
    public static String explained(Optional<ThreadShares> threads) {
        return threads.map(t -> String.format(
                                Locale.ROOT,
                                "%.1f of %d threads took part, in the mean of the profiled runs.",
                                t.used(),
                                t.pool())
                        + (t.pool() > 1
                                ? "\nOf the parts of its loops they took "
                                        + t.shares().stream()
                                                .map(Numbers::share)
                                                .collect(Collectors.joining(", "))
                                        + ", the calling one first."
                                : ""))
                .orElse(
                        "The engine does not tell how many threads took part: not of other devices than the processor, of"
                                + " what it removed, and of the first kernel that shares its work in a run.");
    }
}
