package dev.lathe.optimize.partition;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs a split model for real: every stage in its own worker on its own cores, several requests in flight; and
/// the unsplit model on the same cores in turns with it.
public final class PipelineRun {
    /// The code that carries tensors is new to every worker, and slow until it was compiled there: without this a
    /// pipeline of short stages was measured at half its speed. Models that take long are at their speed at once.
    private static final int WARM_REQUESTS = 600;

    private static final Duration WARM = Duration.ofMillis(1500);

    /// How often one request goes through alone.
    private static final int ALONE = 20;

    private final PipelinePlan plan;
    private final Consumer<MeasuredPipeline> soFar;
    private final JobContext context;
    private final List<StageWorker> stages = new ArrayList<>();
    private final List<Long> latencies = new ArrayList<>();
    private final List<Long> wholeLatencies = new ArrayList<>();
    private final long[] stageNanos;
    private List<Busy> schedule = List.of();
    private long pipelineNanos;
    private long wholeNanos;
    private int done;

    private PipelineRun(PipelinePlan plan, Consumer<MeasuredPipeline> soFar, JobContext context) {
        this.plan = plan;
        this.soFar = soFar;
        this.context = context;
        this.stageNanos = new long[plan.stages().size()];
    }

    /// Blocks until everything is measured; workers are ended when it returns or throws.
    ///
    /// @throws LatheException when a worker dies or an engine refuses a stage, saying which
    public static MeasuredPipeline run(PipelinePlan plan, ModelRunner runner, JobContext context)
            throws LatheException {
        return run(plan, runner, measured -> {}, context);
    }

    /// The same, telling after each round what was measured until then: a worker may die in a later one.
    public static MeasuredPipeline run(
            PipelinePlan plan, ModelRunner runner, Consumer<MeasuredPipeline> soFar, JobContext context)
            throws LatheException {
        PipelineRun run = new PipelineRun(plan, soFar, context);
        try {
            return run.measure(runner);
        } finally {
            run.stages.forEach(StageWorker::close);
        }
    }

    private MeasuredPipeline measure(ModelRunner runner) throws LatheException {
        for (int i = 0; i < plan.stages().size(); i++) {
            context.progress(0.1 * i / plan.stages().size(), "starting stage " + (i + 1));
            stages.add(StageWorker.open(plan, i, runner, context));
        }
        Device all = plan.allDevices();
        int threads = Math.max(1, all.cores().size());
        SessionConfig config = SessionConfig.of(threads).withLevel(plan.level());
        try (Session whole = runner.open(plan.whole(), new RunTarget(plan.engine(), all, threads), config, context)) {
            Map<String, HostTensor> expected = whole.run(plan.inputs());
            long moved = 0;
            Map<String, HostTensor> tensors = plan.inputs();
            for (StageWorker s : stages) {
                moved += s.bytesIn(tensors);
                tensors = s.run(tensors, plan.inFlight());
            }
            Map<String, HostTensor> outputs = outputs(tensors);
            long alone = warmUp(whole);
            double gap = OutputGap.maxAbs(expected, outputs);
            MeasuredPipeline measured;
            int round = 0;
            do {
                int count = share(round + 1) - share(round);
                round++;
                context.progress(
                        0.2 + 0.8 * (round - 1) / plan.rounds(),
                        "pipeline and whole model in turns · round " + round + " of " + plan.rounds());
                pipeline(count);
                unsplit(whole, count);
                measured = measured(alone, threads, moved, outputs, gap);
                soFar.accept(measured);
            } while (round < plan.rounds());
            return measured;
        }
    }

    /// Requests of the first rounds together.
    private int share(int rounds) {
        return (int) ((long) plan.requests() * rounds / plan.rounds());
    }

    private MeasuredPipeline measured(
            long alone, int threads, long moved, Map<String, HostTensor> outputs, double gap) {
        return new MeasuredPipeline(
                done * 1e9 / pipelineNanos,
                Latencies.of(latencies),
                Duration.ofNanos(alone),
                stageTimes(),
                stages.stream().map(StageWorker::threads).toList(),
                wholeLatencies.size() * 1e9 / wholeNanos,
                Latencies.of(wholeLatencies),
                threads,
                done,
                plan.inFlight(),
                schedule,
                moved,
                outputs,
                gap);
    }

    private Map<String, HostTensor> outputs(Map<String, HostTensor> tensors) {
        Map<String, HostTensor> outputs = new LinkedHashMap<>();
        for (PipelinePlan.StageFile s : plan.stages()) {
            for (String name : s.stage().modelOutputs()) {
                HostTensor t = tensors.get(name);
                if (t != null) {
                    // To keep: the stages go on to write where it lies.
                    outputs.put(name, t.copy());
                }
            }
        }
        return outputs;
    }

    /// Runs both until neither is new to its process any more; then the typical time of one request alone through
    /// the pipeline.
    private long warmUp(Session whole) throws LatheException {
        warm(
                "the pipeline",
                0.1,
                () -> new PipelineRound(stages, plan.inputs(), plan.inFlight(), plan.inFlight(), context).run(),
                plan.inFlight());
        warm("the whole model", 0.13, () -> whole.run(plan.inputs()), 1);
        List<Long> alone = new ArrayList<>();
        warm("one request alone", 0.16, () -> alone.add(alone()), WARM_REQUESTS / ALONE);
        return Latencies.of(alone).p50().toNanos();
    }

    /// Something that is run again and again.
    private interface Repeated {
        void run() throws LatheException;
    }

    private void warm(String what, double fraction, Repeated once, int requests) throws LatheException {
        long from = System.nanoTime();
        for (int done = 0;
                done < plan.warmup() * requests || done < WARM_REQUESTS && System.nanoTime() - from < WARM.toNanos();
                done += requests) {
            context.checkCancelled();
            context.progress(fraction, "warming up · " + what);
            once.run();
        }
    }

    private long alone() throws LatheException {
        long from = System.nanoTime();
        Map<String, HostTensor> tensors = plan.inputs();
        for (StageWorker s : stages) {
            tensors = s.run(tensors, plan.inFlight());
        }
        return System.nanoTime() - from;
    }

    private void pipeline(int count) throws LatheException {
        PipelineRound round = new PipelineRound(stages, plan.inputs(), count, plan.inFlight(), context);
        round.run();
        pipelineNanos += round.took().toNanos();
        latencies.addAll(round.latencies());
        schedule = round.busy();
        for (Busy b : schedule) {
            stageNanos[b.stage()] += b.end().minus(b.start()).toNanos();
        }
        done += count;
    }

    private void unsplit(Session whole, int count) throws LatheException {
        long from = System.nanoTime();
        for (int i = 0; i < count; i++) {
            context.checkCancelled();
            long before = System.nanoTime();
            whole.run(plan.inputs());
            wholeLatencies.add(System.nanoTime() - before);
        }
        wholeNanos += System.nanoTime() - from;
    }

    private List<Duration> stageTimes() {
        List<Duration> means = new ArrayList<>();
        for (long nanos : stageNanos) {
            means.add(Duration.ofNanos(nanos / Math.max(1, done)));
        }
        return means;
    }
}
