package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.OutsideLayers;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.report.LayerRow;
import dev.lathe.report.TraceEvents;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe run`: runs a model here and tells what it took, layer by layer.
@Command(
        name = "run",
        description = "Runs a model on this machine and measures latency, memory and every layer.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "MODEL", description = "Model file.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private DimOptions dims = new DimOptions();

    @Option(names = "--runs", defaultValue = "50", paramLabel = "N", description = "Counted runs (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            paramLabel = "N",
            description = "Runs before counting starts (${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the random inputs (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write the measurement as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    @Option(
            names = "--trace",
            paramLabel = "F",
            description = "Write the kernels of the quickest profiled run as a trace for Perfetto to F.")
    private Optional<Path> trace = Optional.empty();

    @Mixin
    private ValuesArgument values = new ValuesArgument();

    @Mixin
    private SweepArgument sweep = new SweepArgument();

    RunCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        if (runs < 1) {
            throw TargetOptions.wrong("--runs", "at least one run is needed.");
        }
        if (warmup < 0) {
            throw TargetOptions.wrong("--warmup", "a number of runs is not negative.");
        }
        OutputFile.check("--json", json.map(Path::of));
        OutputFile.check("--trace", trace);
        values.check();
        sweep.check();
        OutputsApart outputs = new OutputsApart()
                .and("--json", json.map(Path::of))
                .and("--trace", trace)
                .from(List.of(file))
                .fromEachOther();
        Model model = Formats.open(file, services.job());
        outputs.fromWeightsOf(file, model);
        List<String> tensors = values.named(model);
        ProfilePlan plan = new ProfilePlan(
                        target.target(), target.level(), warmup, runs, seed, dims.complete(model), PROFILED_PER_SECOND)
                .withOptions(target.engineOptions());
        if (sweep.isGiven()) {
            return swept(model, plan);
        }
        AtomicReference<Optional<LiveSample>> last = new AtomicReference<>(Optional.empty());
        Optional<LatheException> brokeOff = Optional.empty();
        ProfileRun run;
        try {
            run = services.profiler().profile(model, plan, s -> last.set(Optional.of(s)), services.job());
        } catch (LatheException e) {
            LatheException told = ModelNamed.in(file, e);
            run = last.get()
                    .filter(s -> s.soFar().runs() > 0)
                    .map(s -> ProfileRun.interrupted(Instant.now(), plan, s, told.diagnostic()))
                    .orElseThrow(() -> told);
            brokeOff = Optional.of(told);
        }
        if (brokeOff.isEmpty()) {
            values.take(model, tensors, plan, services.runner(), services.job());
        }
        Analysis analysis = Analysis.of(model, plan.dims(), services.job());
        RunRoof roof = RunRoof.of(analysis, run);
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(text(analysis, run, roof));
            services.out().print(values.text());
        }
        if (json.isPresent()) {
            Map<String, @Nullable Object> j = json(analysis, run, roof);
            if (!tensors.isEmpty()) {
                j.put("values", values.json());
            }
            JsonOut.write(j, json.get(), services.out());
        }
        if (trace.isPresent()) {
            TraceEvents events = new TraceEvents();
            events.add(String.valueOf(file.getFileName()), model.graph(), run);
            OutputFile.write("--trace", trace.get(), events.json(), services.out());
        }
        if (brokeOff.isPresent()) {
            throw brokeOff.get();
        }
        // Last: a command that fails says only why.
        run.diagnostics().forEach(d -> services.err().println("lathe: " + d.line()));
        return 0;
    }

    private int swept(Model model, ProfilePlan plan) throws LatheException {
        boolean quiet = json.filter("-"::equals).isPresent();
        SweepTable table =
                sweep.run(file, model, plan, services, quiet ? Optional.empty() : Optional.of(services.out()));
        if (json.isPresent()) {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            j.put("model", file.toString());
            j.put("kind", "lathe-sweep");
            j.putAll(table.json());
            JsonOut.write(j, json.get(), services.out());
        }
        return 0;
    }

    /// Enough samples per layer in a short run; the profiler itself bounds what they may cost.
    static final double PROFILED_PER_SECOND = 10;

    /// The newest of them: a comparison needs no more.
    private static final int MOST_RUN_TIMES = 10_000;

    private Map<String, @Nullable Object> json(Analysis analysis, ProfileRun run, RunRoof roof) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("model", file.toString());
        j.put("kind", RunFile.KIND);
        j.put("engine", run.plan().target().engine());
        j.put("device", run.plan().target().device().id());
        j.put("deviceName", run.plan().target().device().name());
        j.put("threads", run.plan().target().threads());
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
        j.put("layers", layers(analysis, run, roof));
        // An engine that traces nothing tells nothing about layers: unknown, not zero.
        boolean traced = !run.layers().isEmpty();
        j.put("outsideLayersMs", traced ? Amounts.ms(run.outsideLayers()) : null);
        j.put("layerSumMs", traced ? Amounts.ms(run.layerSum()) : null);
        j.put("kernelSumMs", traced ? Amounts.ms(kernels(run)) : null);
        j.put(
                "kernelCoverage",
                run.kernelCoverage().isPresent() ? run.kernelCoverage().getAsDouble() : null);
        j.put(
                "profilerOverheadPercent",
                run.profilerOverheadPercent().isPresent()
                        ? run.profilerOverheadPercent().getAsDouble()
                        : null);
        j.put("notes", run.diagnostics().stream().map(d -> d.line()).toList());
        j.put("peakMemoryBytes", run.memory().peakResidentBytes());
        j.put(
                "arenaPeakBytes",
                run.memory().arenaPeakBytes().isPresent()
                        ? run.memory().arenaPeakBytes().getAsLong()
                        : null);
        return j;
    }

    /// The time in which some kernel of the quickest profiled run was at work, by the engine's own clock,
    /// uncorrected. A kernel inside another (the body of an If) counts once.
    private static Duration kernels(ProfileRun run) {
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

    private static List<Map<String, @Nullable Object>> layers(Analysis analysis, ProfileRun run, RunRoof roof) {
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
            layer.put("device", run.plan().target().device().id());
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
            var flops = row.cost().flops().fixed();
            layer.put("flops", flops.isPresent() ? flops.getAsLong() : null);
            layer.put("ceilingShare", roof.share(row).orElse(null));
            layers.add(layer);
        }
        return layers;
    }

    private static String text(Analysis analysis, ProfileRun run, RunRoof roof) {
        StringBuilder b = new StringBuilder();
        var plan = run.plan();
        b.append(String.format(
                Locale.ROOT,
                "%s · %s · %d thread%s · %d runs after %d warm-up · %s%n",
                plan.target().device().name(),
                plan.target().engine(),
                plan.target().threads(),
                plan.target().threads() == 1 ? "" : "s",
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
        b.append(roof.line());
        switch (OutsideLayers.of(run)) {
            case OutsideLayers.NotTold n ->
                b.append("layers      unknown: ")
                        .append(
                                run.diagnostics().stream()
                                                .anyMatch(d -> d.code().equals("profile-failed"))
                                        ? "the profile could not be had\n"
                                        : "this engine does not tell what its layers cost\n");
            case OutsideLayers.Runtime r -> layers(analysis, run, r.title(), b);
            case OutsideLayers.Unsteady u -> layers(analysis, run, u.title(), b);
        }
        return b.toString();
    }

    /// At least as many digits as a few runs can tell, and no more.
    private static String digits(double perSecond) {
        return BigDecimal.valueOf(perSecond).round(new MathContext(3)).toPlainString();
    }

    private static void layers(Analysis analysis, ProfileRun run, String outside, StringBuilder b) {
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
        b.append(String.format("%-52s %-24s %12s %8s%n", "layer", "op", "typical time", "share"));
        LayerRow.of(analysis, Optional.of(run)).stream()
                .filter(r -> r.measured().isPresent())
                .sorted(Comparator.comparing((LayerRow r) -> time(r)).reversed())
                .limit(20)
                .forEach(r -> b.append(String.format(
                        Locale.ROOT,
                        "%-52s %-24s %12s %8s%s%n",
                        tail(oneLine(r.shownName()), 52),
                        tail(r.node().qualifiedOp(), 24),
                        (is(r, OpStats::estimate) ? "~" : "") + Amounts.time(time(r)),
                        Amounts.share(r.measured().map(OpStats::share).orElse(0.0)),
                        is(r, OpStats::shared) ? "  shared" : "")));
        if (run.layers().size() > 20) {
            b.append("… ")
                    .append(run.layers().size() - 20)
                    .append(" more layers: --json or 'lathe report' has them all\n");
        }
        b.append(String.format("%-52s %-24s %12s%n", outside, "", Amounts.time(run.outsideLayers())));
        b.append(String.format("%-52s %-24s %12s%n", "sum", "", Amounts.time(run.layerSum())));
    }

    /// A name may hold line breaks, and worse for a terminal.
    private static String oneLine(String name) {
        StringBuilder b = new StringBuilder();
        name.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                b.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\x%02x", c));
            } else {
                b.append((char) c);
            }
        });
        return b.toString();
    }

    private static boolean is(LayerRow row, Predicate<OpStats> so) {
        return row.measured().filter(so).isPresent();
    }

    private static Duration time(LayerRow row) {
        return row.measured().map(OpStats::typical).orElse(Duration.ZERO);
    }

    /// The end of a long name says more than its beginning.
    private static String tail(String text, int width) {
        return text.length() <= width ? text : "…" + text.substring(text.length() - width + 1);
    }
}
