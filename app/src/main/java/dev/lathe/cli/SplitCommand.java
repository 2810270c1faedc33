package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.FilesTogether;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.HandOver;
import dev.lathe.optimize.partition.LayerTimes;
import dev.lathe.optimize.partition.MeasuredPipeline;
import dev.lathe.optimize.partition.PipelineCuts;
import dev.lathe.optimize.partition.PipelinePlan;
import dev.lathe.optimize.partition.PipelineRun;
import dev.lathe.optimize.partition.Prediction;
import dev.lathe.optimize.partition.TransferModel;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.placed.PlacedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe split`: cuts a model into a pipeline over devices, and runs it.
@Command(
        name = "split",
        description =
                "Cuts a model into pipeline stages over devices, predicts what that gives, and measures it with --run.",
        mixinStandardHelpOptions = true)
final class SplitCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "MODEL", description = "Model file.")
    private Path file = Path.of("");

    @Option(
            names = "--devices",
            required = true,
            split = ",",
            paramLabel = "ID",
            description = "Devices, one per stage, e.g. cpu:0,cpu:1.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--stages", defaultValue = "0", paramLabel = "N", description = "Stages (as many as devices).")
    private int stages;

    @Option(
            names = "--borders",
            split = ",",
            paramLabel = "N",
            description =
                    "Borders by hand: how many nodes come before each, in execution order, instead of the planner's.")
    private List<Integer> borders = new ArrayList<>();

    @Option(names = "--run", description = "Run the stages, each in its own process on its device.")
    private boolean run;

    @Option(
            names = "--requests",
            defaultValue = "60",
            paramLabel = "N",
            description = "Requests to send with --run (${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--runs",
            defaultValue = "20",
            paramLabel = "N",
            description = "Runs that measure the layers for the plan (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the random inputs (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DimOptions dims = new DimOptions();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder for the stage models.")
    private Path folder = Path.of("");

    @Option(names = "--json", paramLabel = "F", description = "Write the result as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    SplitCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        try {
            return split();
        } catch (LatheException e) {
            throw ModelNamed.in(file, e);
        }
    }

    private int split() throws LatheException {
        JobContext job = services.job();
        List<Device> chosen = devices();
        OutputFile.checkFolder("-o", folder);
        OutputFile.check("--json", json.map(Path::of));
        OutputsApart outputs =
                new OutputsApart().and("--json", json.map(Path::of)).from(List.of(file));
        Model model = Formats.open(file, job);
        outputs.fromWeightsOf(file, model);
        Analysis analysis = Analysis.of(model, dims.complete(model), job);
        TransferModel transfer = HandOver.measure(chosen, EngineCatalog.DEFAULT, services.runner(), job);
        PipelineCuts cuts = PipelineCuts.of(analysis, measured(model, analysis), transfer);
        List<Integer> at = borders.isEmpty() ? cuts.best(chosen, job) : checked(cuts, chosen);
        Placement placement = cuts.placement(at, chosen);
        Prediction prediction = cuts.predict(at, chosen);
        String base = String.valueOf(file.getFileName()).replaceAll("\\.onnx$", "");
        PipelinePlan plan;
        AtomicReference<Optional<MeasuredPipeline>> measured = new AtomicReference<>(Optional.empty());
        Optional<LatheException> brokeOff = Optional.empty();
        try (FilesTogether together = FilesTogether.in(folder)) {
            try {
                plan = PipelinePlan.prepare(
                        model,
                        analysis,
                        placement,
                        file,
                        together.folder(),
                        base,
                        EngineCatalog.DEFAULT,
                        requests,
                        seed,
                        job);
                PlacedModel.of(file, model, stages(plan))
                        .write(together.folder().resolve(base + PlacedModel.SUFFIX));
            } catch (LatheException e) {
                throw together.told(e);
            }
            if (run) {
                try {
                    PipelineRun.run(plan, services.runner(), m -> measured.set(Optional.of(m)), job);
                } catch (LatheException e) {
                    // The stages are good files, whatever became of the run.
                    brokeOff = Optional.of(ModelNamed.in(file, e));
                }
            }
            together.keep();
            plan = plan.movedTo(folder);
        }
        SplitResult result = new SplitResult(
                file, plan, at, transfer, prediction, measured.get(), brokeOff.map(LatheException::diagnostic));
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(result.text());
        }
        if (json.isPresent()) {
            JsonOut.write(
                    result.json(), json.get(), services.out(), "The stage models were written to " + folder + ".");
        }
        if (brokeOff.isPresent()) {
            throw brokeOff.get();
        }
        return 0;
    }

    private static List<PlacedModel.Stage> stages(PipelinePlan plan) {
        return plan.stages().stream()
                .map(s -> new PlacedModel.Stage(
                        s.file(), s.stage().stage().device().id()))
                .toList();
    }

    private List<Device> devices() throws LatheException {
        List<Device> chosen = new ArrayList<>();
        for (String id : devices) {
            chosen.add(TargetOptions.device(id, "--devices"));
        }
        int wanted = stages == 0 ? chosen.size() : stages;
        if (wanted < 1 || wanted > chosen.size()) {
            throw TargetOptions.wrong(
                    "--stages",
                    "there are " + chosen.size() + " devices for " + wanted + " stages; each stage needs one.");
        }
        if (requests < 1 || runs < 1) {
            throw TargetOptions.wrong(requests < 1 ? "--requests" : "--runs", "at least one is needed.");
        }
        return chosen.subList(0, wanted);
    }

    /// Layer times on the first device with as many threads as a stage has there: one for each core.
    private LayerTimes measured(Model model, Analysis analysis) throws LatheException {
        Device first = TargetOptions.device(devices.getFirst(), "--devices");
        int threads = Math.max(1, first.cores().size());
        ProfilePlan plan = new ProfilePlan(
                new RunTarget(EngineCatalog.DEFAULT, first, threads),
                SessionConfig.USUAL,
                3,
                runs,
                seed,
                analysis.dims(),
                ProfilePlan.USUAL_PROFILED_PER_SECOND);
        ProfileRun profile = services.profiler().profile(model, plan, sample -> {}, services.job());
        Map<NodeId, Duration> times = profile.wholeTimes(model.graph());
        return times.isEmpty()
                ? LayerTimes.estimated(analysis)
                : LayerTimes.measured(times, threads).within(profile.latency().p50());
    }

    private List<Integer> checked(PipelineCuts cuts, List<Device> chosen) throws LatheException {
        if (borders.size() != chosen.size() - 1) {
            throw TargetOptions.wrong(
                    "--borders",
                    chosen.size() + " stages have " + (chosen.size() - 1) + " borders, not " + borders.size() + ".");
        }
        int before = 0;
        for (int b : borders) {
            if (b <= before || !cuts.legal().contains(b)) {
                throw TargetOptions.wrong(
                        "--borders",
                        b <= before && before > 0
                                ? "borders ascend: " + b + " comes after " + before + "."
                                : "the model cannot be cut after " + b + " nodes; it can after "
                                        + Ranges.words(cuts.legal()) + ".");
            }
            before = b;
        }
        return borders;
    }
}
