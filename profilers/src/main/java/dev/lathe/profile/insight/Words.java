package dev.lathe.profile.insight;

import dev.lathe.graph.Node;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Amounts and lists as they stand in sentences.
final class Words {
    private static final int NAMED = 3;

    /// Some exporters join all names that were fused into a layer.
    private static final int LONGEST_NAME = 52;

    private Words() {}

    static String time(Duration d) {
        double nanos = d.toNanos();
        return nanos < 1e3
                ? text("%.0f ns", nanos)
                : nanos < 1e6
                        ? text("%s µs", digits(nanos / 1e3))
                        : nanos < 1e9 ? text("%s ms", digits(nanos / 1e6)) : text("%s s", digits(nanos / 1e9));
    }

    static String percent(double part) {
        return text(part < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * part);
    }

    static String bytes(double bytes) {
        return bytes < 1024
                ? text("%.0f B", bytes)
                : bytes < 1 << 20
                        ? text("%s KiB", digits(bytes / 1024))
                        : bytes < 1 << 30
                                ? text("%s MiB", digits(bytes / (1 << 20)))
                                : text("%s GiB", digits(bytes / (1 << 30)));
    }

    /// Bytes or operations a second, in powers of ten: `24.4 G`.
    static String giga(double perSecond) {
        return digits(perSecond / 1e9) + " G";
    }

    static String number(double value) {
        return digits(value);
    }

    static String count(long n, String thing) {
        return text("%,d %s", n, n == 1 ? thing : thing + "s");
    }

    /// `12 Conv, 3 MatMul`: operators by how many layers are of them, the most frequent first.
    static String operators(Collection<Node> layers) {
        Map<String, Long> counts = new LinkedHashMap<>();
        layers.forEach(n -> counts.merge(n.op(), 1L, Long::sum));
        List<String> most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(e -> e.getValue() + " " + e.getKey())
                .toList();
        return list(most);
    }

    /// `a, b, c and 4 more`; of a long name its end, which tells it from others.
    static String list(List<String> all) {
        String shown = all.stream().limit(NAMED).map(Words::end).collect(Collectors.joining(", "));
        return all.size() > NAMED ? shown + " and " + (all.size() - NAMED) + " more" : shown;
    }

    private static String end(String name) {
        return name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME + 1);
    }

    static String text(String sentence, Object... figures) {
        return String.format(Locale.ROOT, sentence, figures);
    }

    /// Three digits.
    private static String digits(double v) {
        return text(v >= 99.95 ? "%.0f" : v >= 9.995 ? "%.1f" : "%.2f", v);
    }
}
