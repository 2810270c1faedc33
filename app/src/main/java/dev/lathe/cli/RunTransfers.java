package dev.lathe.cli;

import dev.lathe.core.OneLine;
import dev.lathe.profile.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run copies from device to device, as `lathe run` tells it.
final class RunTransfers {
    private static final int SHOWN = 10;
    private static final int NAME = 52;

    private RunTransfers() {}

    static List<Map<String, @Nullable Object>> json(List<Transfer> transfers) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Transfer t : transfers) {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            j.put("tensor", t.tensor());
            j.put("from", t.from());
            j.put("to", t.to());
            j.put("bytes", t.bytes() < 0 ? null : t.bytes());
            j.put("count", t.count());
            j.put("p50Ms", Amounts.ms(t.p50()));
            j.put("p90Ms", Amounts.ms(t.p90()));
            j.put("samples", t.samples());
            j.put("kernel", t.kernel().isEmpty() ? null : t.kernel());
            all.add(j);
        }
        return all;
    }

    /// A table, those that take longest first; nothing where nothing is copied.
    static String text(List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return "";
        }
        StringBuilder b = new StringBuilder();
        b.append(String.format("%n%-52s %-24s %12s %12s%n", "copies between devices", "way", "bytes", "median time"));
        transfers.stream()
                .sorted(Comparator.comparing(Transfer::p50).reversed())
                .limit(SHOWN)
                .forEach(t -> b.append(String.format(
                        Locale.ROOT,
                        "%-52s %-24s %12s %12s%s%n",
                        LayerText.tail(OneLine.of(t.tensor()), NAME),
                        t.from() + " → " + t.to(),
                        t.bytes() < 0 ? "?" : Amounts.bytes(t.bytes()),
                        Amounts.time(t.p50()),
                        t.count() > 1 ? "  " + t.count() + " times" : "")));
        if (transfers.size() > SHOWN) {
            b.append("… ").append(transfers.size() - SHOWN).append(" more copies: --json has them all\n");
        }
        long bytes = transfers.stream().mapToLong(t -> Math.max(0, t.bytes())).sum();
        Duration time = transfers.stream().map(Transfer::p50).reduce(Duration.ZERO, Duration::plus);
        b.append(String.format("%-52s %-24s %12s %12s%n", "all copies", "", Amounts.bytes(bytes), Amounts.time(time)));
        return b.toString();
    }
}
