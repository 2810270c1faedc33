package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.EngineModel;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.KernelMap;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LayerSums;
import dev.lathe.profile.LayerTimes;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.RunListener;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.ort.SavedGraph;
import dev.lathe.profile.memory.PlannedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;

/// Measures models in worker processes, a fresh one for each run, so that its memory is the model's. The
/// loop runs inside the worker; this side gathers what it reports and maps kernels to layers. Thread-safe.
public final class WorkerProfiler implements Profiler {
    private static final String ENGINES_MODEL = "engines-model.onnx";

    /// Beyond this much protobuf cannot hold the engine's own model in one file.
    private static final long ONE_FILE_BYTES = 1L << 30;

    /// Analysed in well under the time in which somebody who pressed Stop waits: of a larger graph there is nothing
    /// then.
    private static final int MOST_NODES_IN_PASSING = 20_000;

    /// Given the graph that the engine made of a model, with all its weights, while they are there.
    @FunctionalInterface
    public interface RuntimeGraphTaker {
        void take(Model runtime) throws LatheException;
    }

    /// What was measured is told, also when the loop was ended by a cancel: its thread stays interrupted, which a quiet
    /// context takes for one.
    private static final JobContext TO_THE_END = new JobContext() {
        @Override
        public void progress(double fraction, String step) {
            // nobody listens
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    private final WorkerLaunch launch;
    private final Optional<RuntimeGraphTaker> taker;

    public WorkerProfiler(WorkerLaunch launch) {
        this(launch, Optional.empty());
    }

    private WorkerProfiler(WorkerLaunch launch, Optional<RuntimeGraphTaker> taker) {
        this.launch = launch;
        this.taker = taker;
    }

    /// One that hands over the engine's graph of each model that it measured; never called where the engine does not
    /// tell it.
    public WorkerProfiler handingOver(RuntimeGraphTaker next) {
        return new WorkerProfiler(launch, Optional.of(next));
    }

    @Override
    public ProfileRun profile(Model model, ProfilePlan plan, RunListener live, JobContext context)
            throws LatheException {
        context.checkCancelled();
        boolean profiled = profiled(plan);
        Instant when = Instant.now();
        AtomicReference<Prepared> ready = new AtomicReference<>();
        try (WorkerRunner runner = new WorkerRunner(launch);
                RemoteSession session = open(runner, model, plan, ready, context)) {
            Prepared prepared = Objects.requireNonNull(ready.get());
            List<Diagnostic> remarks = new ArrayList<>(remarks(session, plan));
            LiveFeed feed = new LiveFeed(
                    () -> Gathering.of(
                            prepared.analysis(), profiled ? enginesModel(session, remarks) : Optional.empty(), plan),
                    prepared.watching(),
                    plan,
                    live);
            boolean stopped;
            try {
                stopped = measure(session, prepared.inputs(), plan, feed, context);
            } catch (LatheException e) {
                if (feed.done() > 0) {
                    live.brokenOff(result(when, plan, feed, feed.gathered().layers(), Optional.empty(), remarks));
                }
                throw e;
            }
            if (stopped && (plan.runs() > 0 || feed.done() == 0)) {
                if (feed.done() > 0) {
                    live.brokenOff(result(when, plan, feed, feed.gathered().layers(), Optional.empty(), remarks));
                }
                throw new JobCancelledException();
            }
            Gathering gathered = feed.gathered();
            feed.traceTrouble()
                    .ifPresent(why ->
                            remarks.add(noProfile(model, why, gathered.layers().samples())));
            Optional<RuntimeGraph> graph = gathered.runtime()
                    .filter(r -> !stopped || r.graph().allNodes() <= MOST_NODES_IN_PASSING)
                    .map(r -> told(
                            EngineModel.apart(r, model), prepared.analysis().dims(), feed, gathered.map()));
            if (taker.isPresent() && gathered.runtime().isPresent()) {
                taker.get().take(gathered.runtime().get());
            }
            return result(when, plan, feed, gathered.layers(), graph, remarks);
        }
    }

    /// What a run needs beside its worker, made while that starts.
    private record Prepared(Analysis analysis, Map<String, HostTensor> inputs, Watching watching) {
        static Prepared of(Model model, ProfilePlan plan, JobContext context) throws LatheException {
            DimBindings dims = DefaultDims.complete(model, plan.dims());
            Analysis analysis = Analysis.of(model, dims, context);
            return new Prepared(
                    analysis,
                    InputGenerator.generate(model, analysis, plan.seed()),
                    Watching.open(plan.target().device().cores()));
        }
    }

    private static RuntimeGraph told(Model runtime, DimBindings dims, LiveFeed feed, KernelMap map) {
        Analysis analysis = Analysis.of(runtime, dims, TO_THE_END);
        return new RuntimeGraph(
                analysis,
                feed.kernelSums().map(LayerSums::layers).orElse(Map.of()),
                map.layers(),
                feed.firstRun().isEmpty()
                        ? Optional.empty()
                        : Optional.of(PlannedMemory.of(analysis, feed.firstRun(), TO_THE_END)));
    }

    /// What an engine says of a copy that was made for it is said of the file that the user knows.
    private RemoteSession open(
            WorkerRunner runner, Model model, ProfilePlan plan, AtomicReference<Prepared> ready, JobContext context)
            throws LatheException {
        boolean profiled = profiled(plan);
        try {
            return runner.openRemote(
                    folder -> {
                        ready.set(Prepared.of(model, plan, context));
                        return new WorkerRunner.Opening(
                                RunnableFile.of(model, folder, context),
                                config(plan, model, profiled ? Optional.of(folder) : Optional.empty()));
                    },
                    plan.target(),
                    context);
        } catch (LatheException e) {
            Diagnostic d = e.diagnostic();
            if (d.code().equals("engine-refused") && model.source().isPresent()) {
                throw new LatheException(d.at(Place.file(model.source().get())), e);
            }
            throw e;
        }
    }

    /// @return whether a cancel ended it
    private static boolean measure(
            RemoteSession session, Map<String, HostTensor> inputs, ProfilePlan plan, LiveFeed feed, JobContext context)
            throws LatheException {
        context.progress(plan.runs() == 0 ? -1 : 0, "warming up");
        try {
            session.loop(
                    inputs,
                    plan.warmup(),
                    plan.allRuns(),
                    plan.profiledRunsPerSecond(),
                    plan.streamed() ? plan.streams() : 0,
                    p -> {
                        feed.accept(p);
                        if (!p.getWarmingUp()) {
                            context.progress(
                                    plan.runs() == 0 ? -1 : Math.min(1, feed.done() / (double) plan.allRuns()),
                                    "running · " + feed.done()
                                            + (plan.runs() == 0 || feed.done() > plan.allRuns()
                                                    ? " runs"
                                                    : " of " + plan.allRuns()));
                        }
                    },
                    context);
            return context.cancelled();
        } catch (JobCancelledException e) {
            return true;
        }
    }

    private SessionConfig config(ProfilePlan plan, Model model, Optional<Path> profiled) {
        // What a provider compiles for itself cannot be saved as a model: asking for it would refuse the model.
        Optional<Path> folder =
                profiled.filter(f -> Accelerator.of(plan.target().device())
                        .map(a -> a.provider().runsNodes())
                        .orElse(true));
        Map<String, String> options = new HashMap<>(plan.options());
        // Who is handed the engine's graph gets its weights, too.
        Map<String, String> graphOnly = taker.isEmpty()
                        && plan.target().engine().equals(EngineCatalog.DEFAULT)
                ? folder.map(f -> SavedGraph.withoutWeights(f, model.graph())).orElse(Map.of())
                : Map.of();
        options.putAll(graphOnly);
        if (folder.isPresent() && graphOnly.isEmpty() && weightsApart(model)) {
            options.put("session.optimized_model_external_initializers_file_name", "engines-weights.bin");
        }
        return new SessionConfig(
                plan.target().threads(),
                plan.level(),
                folder.map(f -> f.resolve(ENGINES_MODEL)),
                profiled.isPresent(),
                options);
    }

    /// Whether the engine's own model needs its weights in a file beside it: they would not fit into one
    /// file, or lie beside the source, where its references do not reach.
    private static boolean weightsApart(Model model) {
        return model.graph().parameterBytes() > ONE_FILE_BYTES
                || model.graph().initializers().values().stream()
                        .anyMatch(t -> t.data() instanceof Weights.Mapped m
                                && !model.source().map(m.file()::equals).orElse(true));
    }

    /// The graph that the engine says it runs; empty where it does not: then kernels go back to layers by the names of
    /// nodes.
    private static Optional<Model> enginesModel(RemoteSession session, List<Diagnostic> remarks) {
        Path saved = session.folder().resolve(ENGINES_MODEL);
        if (!session.traces() || !Files.exists(saved)) {
            return Optional.empty();
        }
        try {
            SavedGraph.settle(session.folder());
            return Optional.of(Formats.open(saved, TO_THE_END));
        } catch (LatheException e) {
            remarks.add(unreadable(e.diagnostic().message()));
        } catch (IOException e) {
            remarks.add(unreadable(FileReason.of(e) + "."));
        }
        return Optional.empty();
    }

    private static Diagnostic unreadable(String why) {
        return Diagnostic.warning(
                "engine-graph-unreadable",
                "The graph that the engine made cannot be read, so kernels are mapped to layers by name only: " + why,
                Place.nowhere());
    }

    private static List<Diagnostic> remarks(RemoteSession session, ProfilePlan plan) {
        List<Diagnostic> remarks = new ArrayList<>();
        if (!session.bound()) {
            remarks.add(Diagnostic.warning(
                    "cores-not-bound",
                    "The worker could not be bound to the cores of "
                            + plan.target().device().name() + ": it ran on any core.",
                    Place.nowhere()));
        }
        if (plan.profiledRunsPerSecond() > 0 && !profiled(plan)) {
            remarks.add(Diagnostic.info(
                    "streams-not-profiled",
                    "With " + plan.streams() + " runs in flight a layer's time is a matter of what else runs:"
                            + " there are no times of layers.",
                    Place.nowhere()));
        }
        if (profiled(plan) && !session.traces()) {
            remarks.add(Diagnostic.warning(
                            "no-layer-times",
                            "Engine " + plan.target().engine() + " does not tell the time of single kernels.",
                            Place.nowhere())
                    .withRemedy("Run with engine onnxruntime to see times per layer."));
        }
        if (!session.tracingNote().isEmpty()) {
            remarks.add(Diagnostic.info("tracing-fallback", session.tracingNote(), Place.nowhere()));
        }
        return remarks;
    }

    /// What one run in flight takes says nothing of one among several.
    private static boolean profiled(ProfilePlan plan) {
        return plan.profiledRunsPerSecond() > 0 && !plan.streamed();
    }

    private static Diagnostic noProfile(Model model, String why, int samples) {
        String rest = samples == 0
                ? " There are no times of layers; the latency needs none."
                : " Times of layers come from the " + samples + " profiled runs before it.";
        return Diagnostic.warning(
                "profile-failed", why + rest, model.source().map(Place::file).orElse(Place.nowhere()));
    }

    private static ProfileRun result(
            Instant when,
            ProfilePlan plan,
            LiveFeed feed,
            LayerTimes times,
            Optional<RuntimeGraph> runtime,
            List<Diagnostic> remarks) {
        LatencyStats latency = feed.latency();
        LayerSums sums = feed.sums();
        remarks.addAll(ProfilerRemarks.of(sums, feed.trace().size()));
        Accelerator.of(plan.target().device())
                .ifPresent(on ->
                        remarks.addAll(FallbackRemarks.of(on, sums.layers().values(), feed.trace())));
        if (!times.unmappedKernels().isEmpty()) {
            remarks.add(Diagnostic.info(
                    "kernels-without-layer",
                    "No layer of the model stands behind these kernels, so their time counts as outside the layers: "
                            + String.join(
                                    ", ",
                                    times.unmappedKernels().stream()
                                            .sorted()
                                            .limit(8)
                                            .toList())
                            + (times.unmappedKernels().size() > 8 ? ", …" : "")
                            + ".",
                    Place.nowhere()));
        }
        return new ProfileRun(
                when,
                plan,
                latency,
                feed.throughput(),
                sums.layers(),
                sums.total(),
                sums.outside(),
                // A loop that was profiled only after it was not slowed.
                feed.overheadPercent().isEmpty() && times.samples() > 0 ? OptionalDouble.of(0) : feed.overheadPercent(),
                sums.coverage(),
                feed.memory(),
                feed.trace(),
                Arrays.stream(feed.runNanos()).mapToObj(Duration::ofNanos).toList(),
                sums.runs(),
                remarks,
                feed.conditions(),
                runtime,
                feed.transfers());
    }
}
