package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RunListener;
import dev.lathe.profile.insight.AgainLine;
import dev.lathe.profile.torchscript.TorchScript;
import dev.lathe.report.TraceEvents;
import java.io.Console;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
    private static final Diagnostic STOPPED = Diagnostic.warning("stopped", "it was stopped", Place.nowhere());

    private final Services services;

    @Parameters(paramLabel = "MODEL", description = "Model file.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private InputArgument input = new InputArgument();

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
            names = "--profiled",
            defaultValue = "10",
            paramLabel = "N",
            description = "Runs a second that are profiled layer by layer between counted ones, at most"
                    + " (${DEFAULT-VALUE}); fewer where they would cost more than 3 %%. 0: none, latency only.")
    private double profiled;

    @Option(
            names = "--streams",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Runs in flight at once on the same opened model, each with its own inputs (${DEFAULT-VALUE})."
                            + " --runs and --warmup are for each, and go on for 0.25 s; layers are not profiled.")
    private int streams;

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

    @Option(names = "--live", description = "Show what is measured while the model runs; with --runs 0 until Ctrl-C.")
    private boolean live;

    @Option(
            names = "--findings",
            description =
                    "Tell every finding, and of each rule that found nothing what it saw, or why it could not look.")
    private boolean allFindings;

    @Mixin
    private ValuesArgument values = new ValuesArgument();

    @Mixin
    private RuntimeGraphArgument runtimeGraph = new RuntimeGraphArgument();

    @Mixin
    private SweepArgument sweep = new SweepArgument();

    RunCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        if (runs < (live ? 0 : 1)) {
            throw TargetOptions.wrong("--runs", "at least one run is needed; 0 goes with --live.");
        }
        if (warmup < 0) {
            throw TargetOptions.wrong("--warmup", "a number of runs is not negative.");
        }
        if (!(profiled >= 0 && profiled <= ProfilePlan.MOST_PROFILED_PER_SECOND)) {
            throw TargetOptions.wrong(
                    "--profiled", "a number from 0 to " + (int) ProfilePlan.MOST_PROFILED_PER_SECOND + " is needed.");
        }
        TargetOptions.checkStreams(streams);
        if ((long) runs * streams > Integer.MAX_VALUE) {
            throw TargetOptions.wrong(
                    "--runs",
                    "with " + streams + " streams at most " + Integer.MAX_VALUE / streams + " can be counted.");
        }
        OutputFile.check("--json", json.map(Path::of));
        OutputFile.check("--trace", trace);
        runtimeGraph.check(target.target().engine(), sweep.isGiven());
        values.check();
        sweep.check();
        OutputsApart outputs = new OutputsApart()
                .and("--json", json.map(Path::of))
                .and("--trace", trace)
                .and(runtimeGraph.name(), runtimeGraph.target())
                .from(List.of(file))
                .fromEachOther();
        Model model = input.open(file, target.engine(), services.job());
        outputs.fromWeightsOf(file, model);
        List<String> tensors = values.named(model);
        ProfilePlan plan = new ProfilePlan(
                        target.target(), target.level(), warmup, runs, seed, dims.complete(model), profiled)
                .withOptions(target.engineOptions())
                .withStreams(streams);
        if (sweep.isGiven()) {
            return swept(model, plan);
        }
        if (model.format().equals(TorchScript.FORMAT) && streams == 1) {
            model = TorchScript.observed(model, plan, services.profiler(), services.job());
        }
        AtomicReference<Optional<LiveSample>> last = new AtomicReference<>(Optional.empty());
        AtomicReference<Optional<ProfileRun>> untilThen = new AtomicReference<>(Optional.empty());
        Optional<LatheException> brokeOff = Optional.empty();
        Optional<JobCancelledException> cancelled = Optional.empty();
        ProfileRun run;
        try {
            Consumer<LiveSample> shown = live ? liveText(model)::show : s -> {};
            RunListener listener = new RunListener() {
                @Override
                public void sample(LiveSample s) {
                    last.set(Optional.of(s));
                    shown.accept(s);
                }

                @Override
                public void brokenOff(ProfileRun r) {
                    untilThen.set(Optional.of(r));
                }
            };
            run = runtimeGraph.on(services.profiler(), services.out()).profile(model, plan, listener, services.job());
        } catch (LatheException e) {
            LatheException told = ModelNamed.in(file, e);
            run = untilThen
                    .get()
                    .map(r -> r.brokenOff(told.diagnostic()))
                    .or(() -> last.get()
                            .filter(LiveSample::measured)
                            .map(s -> ProfileRun.interrupted(Instant.now(), plan, s, told.diagnostic())))
                    .orElseThrow(() -> told);
            brokeOff = Optional.of(told);
        } catch (JobCancelledException e) {
            // What was measured until Ctrl-C is told, too.
            run = untilThen.get().map(r -> r.brokenOff(STOPPED)).orElseThrow(() -> e);
            cancelled = Optional.of(e);
        }
        boolean valuesTaken = false;
        if (brokeOff.isEmpty() && !services.job().cancelled()) {
            try {
                values.take(model, tensors, plan, services.runner(), services.job());
                valuesTaken = true;
            } catch (LatheException e) {
                // The measurement is told first: it has taken its time, and is not what failed.
                brokeOff = Optional.of(e);
            }
        }
        RunResult result = RunResult.of(file, Analysis.of(model, plan.dims(), JobContext.quiet()), run);
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(result.text());
            services.out().print(result.findings().text(allFindings));
            services.out().print(valuesTaken ? values.text() : "");
        }
        if (json.isPresent()) {
            Map<String, @Nullable Object> j = result.json();
            if (!tensors.isEmpty() && valuesTaken) {
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
        if (cancelled.isPresent()) {
            throw cancelled.get();
        }
        runtimeGraph.confirm();
        // Last: a command that fails says only why.
        run.diagnostics().forEach(d -> services.err().println("lathe: " + d.line()));
        return 0;
    }

    /// Standard output is for the JSON when that goes there.
    private LiveText liveText(Model model) {
        boolean onTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        boolean taken = json.filter("-"::equals).isPresent();
        return new LiveText(
                model.graph(),
                taken ? services.err() : services.out(),
                onTerminal ? Optional.of(TerminalSize::now) : Optional.empty());
    }

    private int swept(Model model, ProfilePlan plan) throws LatheException {
        boolean quiet = json.filter("-"::equals).isPresent();
        SweepTable table =
                sweep.run(file, model, plan, services, quiet ? Optional.empty() : Optional.of(services.out()));
        FindingWords findings = FindingWords.of(
                file,
                model.graph(),
                table.threads(plan.target().threads(), options -> AgainLine.of(model, plan, options)));
        if (!quiet && !findings.examination().findings().isEmpty()) {
            services.out().print(findings.text(true));
        }
        if (json.isPresent()) {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            j.put("model", file.toString());
            j.put("kind", "lathe-sweep");
            j.putAll(table.json());
            j.put("findings", findings.json().get("findings"));
            JsonOut.write(j, json.get(), services.out());
        }
        return 0;
    }
}
