package dev.lathe.cli;

import dev.lathe.profile.OpStats;
import dev.lathe.profile.ThreadShares;
import java.util.LinkedHashMap;
import java.util.List;
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

    /// `1.8 of 2`; `—` where the engine does not tell.
    static String text(Optional<ThreadShares> threads) {
        return threads.map(t -> String.format(Locale.ROOT, "%.1f of %d", t.used(), t.pool()))
                .orElse("—");
    }

    /// What is meant by the `—` of these layers, and by their `part of a kernel`; nothing where they have none.
    static String legend(List<OpStats> shown, boolean column) {
        StringBuilder b = new StringBuilder();
        if (column && shown.stream().anyMatch(s -> s.threads().isEmpty())) {
            b.append(
                            "threads —: the engine does not tell, as of the first kernel in a run that shares its work, and of")
                    .append(" other devices than the CPU\n");
        }
        if (shown.stream().anyMatch(OpStats::shared)) {
            b.append("part of a kernel: it was fused with other layers, and its time is a part of theirs\n");
        }
        return b.toString();
    }
}
