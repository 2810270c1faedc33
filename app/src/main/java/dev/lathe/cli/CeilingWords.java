package dev.lathe.cli;

import dev.lathe.core.Quantity;
import dev.lathe.profile.ceiling.Ceiling;
import dev.lathe.profile.ceiling.CeilingMeasurement;
import dev.lathe.profile.ceiling.Ceilings;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ceilings as a table for a terminal, and as JSON.
final class CeilingWords {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final Ceiling UNTRIED = new Ceiling.NotMeasurable("it was not tried");

    /// Cores that work at once are clocked a little lower than one alone.
    private static final double PARTS = 0.8;

    private CeilingWords() {}

    /// One line for each device, and below why figures are missing or not to be relied on.
    static String table(List<Ceilings> measured) {
        StringBuilder text = new StringBuilder("Ceilings\n");
        text.append(String.format("  %-8s %7s  %-12s", "device", "threads", "memory"));
        CeilingMeasurement.MATRIX.forEach(d -> text.append(String.format("  %-13s", d.text())));
        text.append("  measured\n");
        Set<String> remarks = new LinkedHashSet<>();
        for (Ceilings c : measured) {
            text.append(String.format(
                    "  %-8s %7d  %-12s", c.setup().device(), c.setup().threads(), words(c.memoryBandwidth())));
            CeilingMeasurement.MATRIX.forEach(d ->
                    text.append(String.format("  %-13s", words(c.matrix().getOrDefault(d, UNTRIED)))));
            text.append("  ").append(DAY_AND_TIME.format(c.when())).append(", ");
            text.append(c.setup().engine())
                    .append(' ')
                    .append(c.setup().engineVersion())
                    .append('\n');
            Map<String, Ceiling> all = new LinkedHashMap<>();
            all.put("memory", c.memoryBandwidth());
            c.matrix().forEach((dtype, ceiling) -> all.put(dtype.text(), ceiling));
            remark(c.setup().device(), all, remarks);
        }
        parts(measured).ifPresent(remarks::add);
        remarks.forEach(r -> text.append("  ").append(r).append('\n'));
        return text.toString();
    }

    private static String words(Ceiling ceiling) {
        return switch (ceiling) {
            case Ceiling.Reached r -> Amounts.rate(r.best());
            case Ceiling.NotMeasurable n -> "–";
        };
    }

    /// What is so on every device is told once.
    private static void remark(String device, Map<String, Ceiling> all, Set<String> remarks) {
        List<String> unsteady = new ArrayList<>();
        all.forEach((what, ceiling) -> {
            switch (ceiling) {
                case Ceiling.NotMeasurable(String why) -> remarks.add(what + " is not measurable: " + why + ".");
                case Ceiling.Reached r -> {
                    if (r.disturbed()) {
                        unsteady.add(what + " " + Amounts.rate(r.median()));
                    }
                }
            }
        });
        if (!unsteady.isEmpty()) {
            remarks.add(device + " was unsteady: other programs took time. Shown is the best run; the median: "
                    + String.join(", ", unsteady) + ".");
        }
    }

    /// What the whole CPU computes less than its core groups, each measured alone, do together. Their memory is shared,
    /// their arithmetic is not.
    private static Optional<String> parts(List<Ceilings> measured) {
        Optional<Ceilings> whole =
                measured.stream().filter(c -> c.setup().device().equals("cpu")).findFirst();
        List<Ceilings> groups = measured.stream()
                .filter(c -> c.setup().device().startsWith("cpu:"))
                .toList();
        int cores = groups.stream().mapToInt(c -> c.setup().cores().size()).sum();
        if (whole.isEmpty() || whole.get().setup().cores().size() != cores) {
            return Optional.empty();
        }
        List<String> less = new ArrayList<>();
        whole.get().matrix().forEach((dtype, ceiling) -> {
            double together = groups.stream()
                    .map(g -> g.matrix().getOrDefault(dtype, UNTRIED))
                    .mapToDouble(c -> c instanceof Ceiling.Reached r ? r.best().value() : 0)
                    .sum();
            if (ceiling instanceof Ceiling.Reached r && r.best().value() < PARTS * together) {
                less.add(dtype.text() + " " + Amounts.rate(r.best()) + " of "
                        + Amounts.rate(Quantity.of(together, r.best().unit())));
            }
        });
        return less.isEmpty()
                ? Optional.empty()
                : Optional.of("cpu reached less than its core groups do together when each is measured alone: "
                        + String.join(", ", less) + ". They share power, or other programs took a core.");
    }

    static Map<String, @Nullable Object> json(Ceilings c) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("threads", c.setup().threads());
        j.put("engine", c.setup().engine());
        j.put("engineVersion", c.setup().engineVersion());
        j.put("when", c.when().toString());
        j.put("memoryBandwidth", json(c.memoryBandwidth()));
        Map<String, Object> matrix = new LinkedHashMap<>();
        c.matrix().forEach((dtype, ceiling) -> matrix.put(dtype.text(), json(ceiling)));
        j.put("matrixThroughput", matrix);
        return j;
    }

    private static Map<String, Object> json(Ceiling ceiling) {
        Map<String, Object> j = new LinkedHashMap<>();
        switch (ceiling) {
            case Ceiling.Reached r -> {
                j.put("best", r.best().value());
                j.put("median", r.median().value());
                j.put("unit", r.best().unit().symbol());
                j.put("runs", r.runs());
                j.put("unsteady", r.disturbed());
            }
            case Ceiling.NotMeasurable n -> j.put("notMeasurable", n.why());
        }
        return j;
    }
}
