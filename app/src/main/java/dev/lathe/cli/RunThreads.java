package dev.lathe.cli;

import dev.lathe.profile.ThreadShares;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How threads shared the work of a layer, as `lathe run` tells it.
final class RunThreads {
    private RunThreads() {}

    /// Null where the engine does not tell.
    static @Nullable Map<String, Object> json(Optional<ThreadShares> threads) {
        return threads.map(RunThreads::json).orElse(null);
    }

    private static Map<String, Object> json(ThreadShares t) {
        Map<String, Object> j = new LinkedHashMap<>();
        j.put("used", t.used());
        j.put("of", t.pool());
        j.put("shares", t.shares());
        return j;
    }

    /// `1.8 of 2`; nothing where the engine does not tell.
    static String text(Optional<ThreadShares> threads) {
        return threads.map(t -> String.format(Locale.ROOT, "%.1f of %d", t.used(), t.pool()))
                .orElse("");
    }
}
