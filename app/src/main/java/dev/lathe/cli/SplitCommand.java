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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        Optional<MeasuredPipeline> measured = Optional.empty();
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
            } catch (LatheException e) {
                throw together.told(e);
            }
            if (run) {
                measured = Optional.of(PipelineRun.run(plan, services.runner(), job));
            }
            together.keep();
            plan = plan.movedTo(folder);
        }
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(text(plan, at, transfer, prediction, measured));
        }
        if (json.isPresent()) {
            JsonOut.write(
                    json(plan, at, transfer, prediction, measured),
                    json.get(),
                    services.out(),
                    "The stage models were written to " + folder + ".");
        }
        return 0;
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
                RunCommand.PROFILED_PER_SECOND);
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

    private Map<String, @Nullable Object> json(
            PipelinePlan plan,
            List<Integer> at,
            TransferModel transfer,
            Prediction p,
            Optional<MeasuredPipeline> measured) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("model", file.toString());
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (PipelinePlan.StageFile s : plan.stages()) {
            Map<String, @Nullable Object> stage = new LinkedHashMap<>();
            stage.put("file", s.file().toString());
            stage.put("nodes", s.stage().model().graph().nodes().size());
            stage.put("device", s.stage().stage().device().id());
            stage.put("inputs", joined(s.stage().modelInputs(), s.stage().carriedIn()));
            stage.put("outputs", joined(s.stage().modelOutputs(), s.stage().carriedOut()));
            stage.put(
                    "sharesCoresWith",
                    p.sharing().get(list.size()).stream().map(t -> t + 1).toList());
            stage.put("predictedMs", Amounts.ms(p.stageTimes().get(list.size())));
            int index = list.size();
            stage.put(
                    "measuredMs",
                    measured.map(m -> Amounts.ms(m.stageTimes().get(index))).orElse(null));
            list.add(stage);
        }
        j.put("stages", list);
        j.put("borders", at);
        j.put("transferBytes", p.transferBytes());
        Map<String, @Nullable Object> predicted = new LinkedHashMap<>();
        predicted.put("throughputPerSecond", p.throughputPerSecond());
        predicted.put("latencyMs", Amounts.ms(p.latency()));
        predicted.put("rough", p.rough());
        j.put("predicted", predicted);
        Map<String, @Nullable Object> handOver = new LinkedHashMap<>();
        handOver.put("callMs", Amounts.ms(transfer.perCall()));
        handOver.put("bytesPerSecond", transfer.sending().value());
        handOver.put("measuredHere", !transfer.equals(TransferModel.BETWEEN_WORKERS));
        j.put("handOver", handOver);
        j.put("measured", measured.map(SplitCommand::measuredJson).orElse(null));
        j.put("predictionErrorPercent", measured.map(m -> errorJson(p, m)).orElse(null));
        j.put(
                "maxAbsDifference",
                measured.map(MeasuredPipeline::maxAbsDifference)
                        .filter(Double::isFinite)
                        .orElse(null));
        return j;
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static Map<String, @Nullable Object> errorJson(Prediction p, MeasuredPipeline m) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("throughput", throughputError(p, m).percent());
        j.put("latency", latencyError(p, m).percent());
        return j;
    }

    private static PredictionError throughputError(Prediction p, MeasuredPipeline m) {
        return new PredictionError(p.throughputPerSecond(), m.throughputPerSecond());
    }

    /// Of one request alone: that is what is predicted.
    private static PredictionError latencyError(Prediction p, MeasuredPipeline m) {
        return PredictionError.of(p.latency(), m.aloneLatency());
    }

    private static Map<String, @Nullable Object> measuredJson(MeasuredPipeline m) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("throughputPerSecond", m.throughputPerSecond());
        j.put("latencyMs", Amounts.ms(m.latency().p50()));
        j.put("latencyAloneMs", Amounts.ms(m.aloneLatency()));
        j.put("requests", m.requests());
        j.put("inFlight", m.inFlight());
        j.put("wholeThroughputPerSecond", m.wholeThroughputPerSecond());
        j.put("wholeLatencyMs", Amounts.ms(m.wholeLatency().p50()));
        j.put("wholeThreads", m.wholeThreads());
        return j;
    }

    private static String text(
            PipelinePlan plan,
            List<Integer> at,
            TransferModel transfer,
            Prediction p,
            Optional<MeasuredPipeline> measured) {
        StringBuilder b = new StringBuilder();
        int i = 0;
        for (PipelinePlan.StageFile s : plan.stages()) {
            b.append(String.format(
                    Locale.ROOT,
                    "stage %d  %-8s %5d nodes  ~%s per request%s  %s%n",
                    i + 1,
                    s.stage().stage().device().id(),
                    s.stage().model().graph().allNodes(),
                    Amounts.millis(p.stageTimes().get(i)),
                    measured.isPresent()
                            ? ", measured "
                                    + Amounts.millis(measured.get().stageTimes().get(i))
                            : "",
                    s.file()));
            if (i < at.size()) {
                b.append(String.format(
                        "  border after node %d: %s cross%n",
                        at.get(i), Amounts.bytes(p.transferBytes().get(i))));
            }
            i++;
        }
        b.append(String.format(
                Locale.ROOT,
                "predicted  ~%.1f per second, latency ~%s (estimates)%n",
                p.throughputPerSecond(),
                Amounts.millis(p.latency())));
        b.append(String.format(
                Locale.ROOT,
                "           of a stage's time %s are for the call; tensors go over at %.1f GB/s%n",
                Amounts.millis(transfer.perCall()),
                transfer.sending().value() / 1e9));
        if (!p.sharers().isEmpty()) {
            b.append("           stages ")
                    .append(p.sharers().stream().map(t -> String.valueOf(t + 1)).collect(Collectors.joining(", ")))
                    .append(" share cores: they take turns there, and their times add up\n");
        }
        if (p.rough()) {
            b.append(
                    "           a rough guess: stages under 1 ms are mostly calls, and what a call takes varies with all else that runs\n");
        }
        measured.ifPresent(m -> b.append(String.format(
                Locale.ROOT,
                "measured   %.1f per second (predicted %.1f, %s)%n"
                        + "           latency p50 %s with %d in flight, %s alone (predicted %s, %s)%n"
                        + "unsplit    %.1f per second, latency p50 %s with %d thread%s%n"
                        + "outputs    differ by at most %.3g%n",
                m.throughputPerSecond(),
                p.throughputPerSecond(),
                throughputError(p, m).words(),
                Amounts.millis(m.latency().p50()),
                m.inFlight(),
                Amounts.millis(m.aloneLatency()),
                Amounts.millis(p.latency()),
                latencyError(p, m).words(),
                m.wholeThroughputPerSecond(),
                Amounts.millis(m.wholeLatency().p50()),
                m.wholeThreads(),
                m.wholeThreads() == 1 ? "" : "s",
                m.maxAbsDifference())));
        measured.filter(m -> m.throughputPerSecond() < m.wholeThroughputPerSecond())
                .ifPresent(m -> b.append("           split, this model is slower here than whole on the same cores\n"));
        return b.toString();
    }
}
