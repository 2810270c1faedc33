package dev.lathe.report;

import dev.lathe.optimize.Recipe;
import dev.lathe.profile.OutsideLayers;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How it was measured, so that somebody else can do it again.
final class MethodSection implements HtmlSection {
    @Override
    public void append(Report report, Html h) {
        h.heading(2, "How this was measured");
        h.raw("<table><tbody>");
        for (Report.Fact f : report.machine()) {
            row(f.name(), f.text(), h);
        }
        plans(report, h);
        for (ReportVariant v : report.variants()) {
            v.run().ifPresent(run -> measured(run, report.of(v), h));
        }
        for (ReportVariant v : report.variants()) {
            for (Recipe.Step s : v.recipe().steps()) {
                row(v.name(), s.pass() + (s.options().isEmpty() ? "" : " " + new TreeMap<>(s.options())), h);
            }
        }
        h.raw("</tbody></table>");
        h.raw(
                "<p class=\"muted small\">FLOPs are counted from the operators' definitions, a multiply-accumulate as two; peak "
                        + "activations are estimated from the lifetimes of tensors. A layer's typical time is its part of a run of "
                        + "median latency, from the undisturbed half of the profiled runs: typical times add up, p90 (over the "
                        + "same runs) does not. A fused kernel's time is shared out over the layers that it covers, by their "
                        + "arithmetic; a layer that was folded into the constants of another gets next to nothing. "
                        + "An If, Loop or Scan has what the layers of its body leave over. Times with ~ are estimates: more "
                        + "than a third of what the runtime's clock told was taken off as the profiler's own work. Latency is taken from runs without the profiler."
                        + "</p>");
    }

    /// The first plan in full, and of every other what is not the same there.
    private static void plans(Report report, Html h) {
        Map<String, String> first = new LinkedHashMap<>();
        for (ReportVariant v : report.variants()) {
            v.run()
                    .ifPresent(run -> plan(run).forEach((name, text) -> {
                        String known = first.putIfAbsent(name, text);
                        if (known == null) {
                            row(name, text, h);
                        } else if (!known.equals(text)) {
                            row(name + report.of(v), text, h);
                        }
                    }));
        }
    }

    private static Map<String, String> plan(ProfileRun run) {
        ProfilePlan p = run.plan();
        int threads = p.target().threads();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(
                "engine",
                p.target().engine() + ", optimization level " + p.level().name().toLowerCase(Locale.ROOT)
                        + (p.options().isEmpty() ? "" : ", " + new TreeMap<>(p.options())));
        rows.put("device", p.target().device().name() + ", " + threads + (threads == 1 ? " thread" : " threads"));
        rows.put("runs", run.latency().runs() + " after " + p.warmup() + " warm-up, seed " + p.seed());
        rows.put(
                "dimensions",
                p.dims().sizes().isEmpty()
                        ? "none free"
                        : new TreeMap<>(p.dims().sizes()).toString());
        return rows;
    }

    private static void measured(ProfileRun run, String which, Html h) {
        row(
                "latency" + which,
                "p50 " + Figures.time(run.latency().p50()) + ", p90 "
                        + Figures.time(run.latency().p90()) + ", p99 "
                        + Figures.time(run.latency().p99()) + ", mean "
                        + Figures.time(run.latency().mean()),
                h);
        OutsideLayers outside = OutsideLayers.of(run);
        if (outside instanceof OutsideLayers.NotTold) {
            row("layers" + which, "not measured: " + LayersSection.UNTOLD, h);
            return;
        }
        row(
                "profiler's own cost" + which,
                run.profilerOverheadPercent().orElse(0) > 0
                        ? String.format(
                                Locale.ROOT,
                                "%.1f %%",
                                run.profilerOverheadPercent().getAsDouble())
                        : "none: layers were profiled after the measured runs",
                h);
        run.kernelCoverage()
                .ifPresent(c -> row(
                        "kernels in a profiled run" + which,
                        String.format(Locale.ROOT, "%.1f %% of its time, by the engine's own clock", 100 * c),
                        h));
        row(
                "sum of the layers" + which,
                Figures.time(run.layerSum()) + ", of which " + outside.title() + " "
                        + Figures.time(run.outsideLayers()),
                h);
    }

    private static void row(String name, String text, Html h) {
        h.raw("<tr><td class=muted>").text(name).raw("</td><td>").text(text).raw("</td></tr>");
    }
}
