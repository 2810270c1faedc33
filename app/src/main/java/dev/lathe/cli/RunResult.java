package dev.lathe.cli;

import dev.lathe.core.OneLine;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.OutsideLayers;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.ThreadShares;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.insight.Examination;
import dev.lathe.profile.insight.RunFacts;
import dev.lathe.profile.torchscript.TorchScript;
import dev.lathe.report.LayerRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What `lathe run` tells of a measurement, for people and for machines.
///
/// @param roof how near it comes to the measured ceilings
/// @param findings what the rules say of it
record RunResult(Path file, Analysis analysis, ProfileRun run, RunRoof roof, FindingWords findings) {
    static RunResult of(Path file, Analysis analysis, ProfileRun run) {
        Examination examination = Examination.of(RunFacts.here(analysis, run, List.of()));
        return new RunResult(
                file,
                analysis,
                run,
                RunRoof.of(analysis, run),
                new FindingWords(file, analysis.model().graph(), examination));
    }

    /// The newest of them: a comparison needs no more.
    private static final int MOST_RUN_TIMES = 10_000;

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("model", file.toString());
        j.put("kind", RunFile.KIND);
        j.put("engine", run.plan().target().engine());
        j.put("device", run.plan().target().device().id());
        j.put("deviceName", run.plan().target().device().name());
        j.put("threads", run.plan().target().threads());
        j.put("streams", run.plan().streams());
        j.put("level", run.plan().level().name().toLowerCase(Locale.ROOT));
        j.put("runs", run.latency().runs());
        j.put("warmup", run.plan().warmup());
        j.put("seed", run.plan().seed());
        j.put("dims", run.plan().dims().sizes());
        j.put("when", run.when().toString());
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("p50", Amounts.ms(run.latency().p50()));
        latency.put("p90", Amounts.ms(run.latency().p90()));
        latency.put("p99", Amounts.ms(run.latency().p99()));
        latency.put("mean", Amounts.ms(run.latency().mean()));
        latency.put("min", Amounts.ms(run.latency().min()));
        latency.put("max", Amounts.ms(run.latency().max()));
        j.put("latencyMs", latency);
        j.put("throughputPerSecond", run.throughputPerSecond());
        List<Duration> times = run.runTimes();
        j.put(
                "runTimesMs",
                times.subList(Math.max(0, times.size() - MOST_RUN_TIMES), times.size()).stream()
                        .map(Amounts::ms)
                        .toList());
        roof.tell(j);
        j.put("layers", layers());
        j.put(
                "kernels",
                run.runtime()
                        .map(r -> RuntimeKernels.json(r, analysis.model().graph()))
                        .orElse(List.of()));
        // An engine that traces nothing tells nothing about layers: unknown, not zero.
        boolean traced = !run.layers().isEmpty();
        j.put("outsideLayersMs", traced ? Amounts.ms(run.outsideLayers()) : null);
        j.put("layerSumMs", traced ? Amounts.ms(run.layerSum()) : null);
        j.put("kernelSumMs", traced ? Amounts.ms(kernels()) : null);
        j.put(
                "kernelCoverage",
                run.kernelCoverage().isPresent() ? run.kernelCoverage().getAsDouble() : null);
        j.put(
                "profilerOverheadPercent",
                run.profilerOverheadPercent().isPresent()
                        ? run.profilerOverheadPercent().getAsDouble()
                        : null);
        j.putAll(findings.json());
        j.put("notes", run.diagnostics().stream().map(d -> d.line()).toList());
        j.put("peakMemoryBytes", run.memory().peakResidentBytes());
        j.put(
                "arenaPeakBytes",
                run.memory().arenaPeakBytes().isPresent()
                        ? run.memory().arenaPeakBytes().getAsLong()
                        : null);
        j.put("gpuMemory", GpuMemoryWords.json(run.memory().gpu()));
        j.put("tensorMemory", new TensorMemory(analysis, run).json());
        j.put("transfers", RunTransfers.json(run.transfers()));
        j.put("energy", EnergyWords.json(run.conditions().energy()));
        return j;
    }

    /// The time in which some kernel of the quickest profiled run was at work, by the engine's own clock,
    /// uncorrected. A kernel inside another (the body of an If) counts once.
    private Duration kernels() {
        Duration sum = Duration.ZERO;
        Duration end = Duration.ZERO;
        for (KernelEvent k : run.trace().stream()
                .sorted(Comparator.comparing(KernelEvent::start))
                .toList()) {
            Duration until = k.start().plus(k.duration());
            Duration from = k.start().compareTo(end) > 0 ? k.start() : end;
            if (until.compareTo(from) > 0) {
                sum = sum.plus(until.minus(from));
                end = until;
            }
        }
        return sum;
    }

    private List<Map<String, @Nullable Object>> layers() {
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        for (LayerRow row : LayerRow.of(analysis, Optional.of(run))) {
            if (row.measured().isEmpty()) {
                continue;
            }
            Node node = row.node();
            OpStats s = row.measured().get();
            Map<String, @Nullable Object> layer = new LinkedHashMap<>();
            layer.put("node", node.shownName());
            if (!row.in().isEmpty()) {
                layer.put("in", row.in());
            }
            layer.put("op", node.qualifiedOp());
            layer.put("device", run.deviceOf(s).orElse(null));
            layer.put("provider", s.provider());
            layer.put("timeMs", Amounts.ms(s.typical()));
            layer.put("p50Ms", Amounts.ms(s.p50()));
            layer.put("p90Ms", Amounts.ms(s.p90()));
            layer.put(
                    "timesMs",
                    run.layerRuns().of(node.id()).stream().map(Amounts::ms).toList());
            layer.put("share", s.share());
            layer.put("kernels", s.kernels());
            layer.put("shared", s.shared());
            layer.put("estimate", s.estimate());
            layer.put("samples", s.samples());
            layer.put("threads", RunThreads.json(s.threads()));
            layer.put("shapes", s.shapes());
            layer.put("activationBytes", Amounts.known(s.memory().read()));
            layer.put("outputBytes", Amounts.known(s.memory().written()));
            layer.put("arenaBytes", Amounts.known(s.memory().held()));
            var flops = row.cost().flops().fixed();
            layer.put("flops", flops.isPresent() ? flops.getAsLong() : null);
            layer.put("ceilingShare", roof.share(row).orElse(null));
            layers.add(layer);
        }
        return layers;
    }

    String text() {
        StringBuilder b = new StringBuilder();
        var plan = run.plan();
        b.append(String.format(
                Locale.ROOT,
                "%s · %s · %d thread%s%s · %d runs after %d warm-up · %s%n",
                plan.target().device().name(),
                plan.target().engine(),
                plan.target().threads(),
                plan.target().threads() == 1 ? "" : "s",
                plan.streams() == 1 ? "" : " · " + plan.streams() + " runs in flight",
                run.latency().runs(),
                plan.warmup(),
                plan.dims().sizes().isEmpty()
                        ? "no free dimensions"
                        : plan.dims().sizes()));
        b.append(String.format(
                Locale.ROOT,
                "latency     p50 %s, p90 %s, p99 %s, mean %s%n",
                Amounts.millis(run.latency().p50()),
                Amounts.millis(run.latency().p90()),
                Amounts.millis(run.latency().p99()),
                Amounts.millis(run.latency().mean())));
        b.append("throughput  ").append(digits(run.throughputPerSecond())).append(" per second\n");
        b.append(String.format(
                "memory      %s at the peak (process)%n",
                Amounts.bytes(run.memory().peakResidentBytes())));
        b.append(GpuMemoryWords.line(run.memory().gpu()));
        b.append(new TensorMemory(analysis, run).line());
        b.append(EnergyWords.line(run.conditions().energy()));
        b.append(roof.line());
        switch (OutsideLayers.of(run)) {
            case OutsideLayers.NotTold n ->
                b.append("layers      unknown: ").append(whyUnknown()).append('\n');
            case OutsideLayers.Runtime r -> layers(r.title(), b);
            case OutsideLayers.Unsteady u -> layers(u.title(), b);
        }
        return b.toString();
    }

    private String whyUnknown() {
        if (run.plan().streams() > 1) {
            return "with several runs in flight none is profiled";
        }
        if (run.brokenOff().isPresent()) {
            return "the run broke off before one was profiled";
        }
        return run.diagnostics().stream().anyMatch(d -> d.code().equals("profile-failed"))
                ? "the profile could not be had"
                : "this engine does not tell what its layers cost";
    }

    /// At least as many digits as a few runs can tell, and no more.
    private static String digits(double perSecond) {
        return BigDecimal.valueOf(perSecond).round(new MathContext(3)).toPlainString();
    }

    private void layers(String outside, StringBuilder b) {
        b.append(
                run.profilerOverheadPercent().orElse(0) > 0
                        ? String.format(
                                Locale.ROOT,
                                "profiler    costs %.1f %%%n",
                                run.profilerOverheadPercent().getAsDouble())
                        : String.format("layers      profiled after the measured runs%n"));
        run.kernelCoverage()
                .ifPresent(c -> b.append(String.format(
                        Locale.ROOT, "kernels     %.1f %% of a profiled run, by the engine's own clock%n", 100 * c)));
        b.append(String.format("%n"));
        // With one thread there is nothing to share.
        boolean shared = run.layers().values().stream()
                .flatMap(s -> s.threads().stream())
                .anyMatch(t -> t.pool() > 1);
        b.append(String.format(
                "%-52s %-24s %12s %8s%s%n", "layer", "op", "typical time", "share", shared ? "   threads" : ""));
        List<LayerRow> rows = LayerRow.of(analysis, Optional.of(run)).stream()
                .filter(r -> r.measured().isPresent())
                .sorted(Comparator.comparing((LayerRow r) -> time(r)).reversed())
                .limit(20)
                .toList();
        rows.forEach(r -> b.append(String.format(
                Locale.ROOT,
                "%-52s %-24s %12s %8s%s%n",
                LayerText.tail(OneLine.of(r.shownName()), 52),
                LayerText.tail(r.node().qualifiedOp(), 24),
                (is(r, OpStats::estimate) ? "~" : "") + Amounts.time(time(r)),
                Amounts.share(r.measured().map(OpStats::share).orElse(0.0))
                        + (shared ? String.format("%10s", RunThreads.text(threads(r))) : ""),
                (is(r, OpStats::shared) ? "  part of a kernel" : "")
                        + r.measured().map(this::elsewhere).orElse(""))));
        b.append(RunThreads.legend(
                rows.stream().flatMap(r -> r.measured().stream()).toList(), shared));
        if (run.layers().size() > 20) {
            b.append("… ")
                    .append(run.layers().size() - 20)
                    .append(
                            analysis.model().format().equals(TorchScript.FORMAT)
                                    ? " more layers: --json has them all\n"
                                    : " more layers: --json or 'lathe report' has them all\n");
        }
        b.append(String.format("%-52s %-24s %12s%n", outside, "", Amounts.time(run.outsideLayers())));
        b.append(String.format("%-52s %-24s %12s%n", "sum", "", Amounts.time(run.layerSum())));
        b.append(RunTransfers.text(run.transfers()));
    }

    /// What the profile says, not what was asked for: a layer that an accelerator cannot run runs on the CPU, and one
    /// of a placed model on its stage's device.
    private String elsewhere(OpStats s) {
        String asked = run.plan().target().device().id();
        return run.deviceOf(s)
                .filter(d -> !d.equals(asked))
                .map(d -> d.equals("cpu") ? "  on the CPU" : "  on " + d)
                .orElse("");
    }

    private static Optional<ThreadShares> threads(LayerRow row) {
        return row.measured().flatMap(OpStats::threads);
    }

    private static boolean is(LayerRow row, Predicate<OpStats> so) {
        return row.measured().filter(so).isPresent();
    }

    private static Duration time(LayerRow row) {
        return row.measured().map(OpStats::typical).orElse(Duration.ZERO);
    }
}
