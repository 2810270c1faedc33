package dev.lathe.cli;

import dev.lathe.profile.compare.Difference;
import dev.lathe.profile.compare.RunComparison;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `lathe compare` tells of two measurements.
record RunDifferences(Path a, Path b, RunComparison comparison) {
    /// Groups of layers in the text; JSON has all.
    private static final int MOST = 20;

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("a", a.toString());
        j.put("b", b.toString());
        j.put("otherConditions", comparison.otherConditions());
        j.put("latency", json(comparison.latency()));
        j.put("layers", comparison.groups().stream().map(RunDifferences::json).toList());
        return j;
    }

    private static Map<String, @Nullable Object> json(RunComparison.Group g) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("nodes", g.layers());
        j.put("op", g.op());
        j.put("lossMs", g.loss());
        j.put("estimate", g.estimate());
        if (g.change().isPresent()) {
            j.putAll(json(g.change().get()));
        } else {
            j.put("beforeMs", g.before());
            j.put("afterMs", g.after());
            j.put("onlyIn", g.before() == 0 ? "b" : "a");
        }
        return j;
    }

    private static Map<String, @Nullable Object> json(Difference d) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("beforeMs", d.before());
        j.put("afterMs", d.after());
        j.put("percent", finite(d.percent()));
        j.put("lowPercent", finite(d.lowPercent()));
        j.put("highPercent", finite(d.highPercent()));
        j.put("sure", d.isSure());
        return j;
    }

    private static @Nullable Double finite(double d) {
        return Double.isFinite(d) ? d : null;
    }

    String text() {
        StringBuilder b = new StringBuilder();
        String before = comparison.before().model();
        String after = comparison.after().model();
        if (!before.equals(after)) {
            b.append("differs     model: ")
                    .append(before)
                    .append(" / ")
                    .append(after)
                    .append('\n');
        }
        comparison
                .otherConditions()
                .forEach(d -> b.append("differs     ").append(d).append('\n'));
        b.append("latency     ").append(words(comparison.latency(), false)).append('\n');
        comparison.before().unsteady().ifPresent(w -> b.append(unsteady("a", w)));
        comparison.after().unsteady().ifPresent(w -> b.append(unsteady("b", w)));
        boolean layers = !comparison.before().layers().isEmpty()
                && !comparison.after().layers().isEmpty();
        if (!layers) {
            b.append("layers      not compared: at least one of the runs has no times of layers\n");
            return b.toString();
        }
        if (comparison.groups().stream().noneMatch(g -> g.change().isPresent())) {
            b.append("differs     no layer of one has the name of a layer of the other: these seem to be two models\n");
        }
        b.append(String.format("%n%-44s %-14s %s%n", "layers, slower ones first", "op", "typical a → b"));
        List<RunComparison.Group> all = comparison.groups().stream()
                .filter(g -> g.before() > 0 || g.after() > 0)
                .toList();
        all.stream().limit(MOST).forEach(g -> b.append(line(g)));
        if (all.size() > MOST) {
            b.append("… ").append(all.size() - MOST).append(" more: --json has them all\n");
        }
        return b.toString();
    }

    private static String unsteady(String which, String how) {
        return "unsteady    the runs of " + which + " (" + how
                + "): other programs took time, so no difference is sure\n";
    }

    private static String line(RunComparison.Group g) {
        String name = g.layers().getFirst()
                + (g.layers().size() == 1 ? "" : " +" + (g.layers().size() - 1));
        return String.format(
                Locale.ROOT,
                "%-44s %-14s %s%n",
                name.length() <= 44 ? name : "…" + name.substring(name.length() - 43),
                g.op(),
                g.change()
                        .map(d -> words(d, g.estimate()))
                        .orElseGet(() ->
                                g.before() == 0 ? "only in b, " + ms(g.after()) : "only in a, " + ms(g.before())));
    }

    private static String words(Difference d, boolean estimate) {
        String change = String.format(Locale.ROOT, "%+.1f %%", d.percent());
        String sure = Double.isNaN(d.lowPercent())
                ? estimate
                        ? ", an estimate"
                        : ", not known how sure with fewer than " + RunComparison.RUNS_FOR_INTERVAL + " runs"
                : String.format(
                        Locale.ROOT,
                        " (95 %%: %+.1f to %+.1f %%%s)",
                        d.lowPercent(),
                        d.highPercent(),
                        d.isSure() ? "" : d.doubted() ? ", unsteady" : ", may be chance");
        return ms(d.before()) + " → " + ms(d.after()) + "  " + change + sure;
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, ms >= 10 ? "%.2f ms" : "%.4f ms", ms);
    }
}
