package dev.lathe.optimize.partition;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.text.GraphText;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What calling a stage and handing tensors on costs on this machine now: measured with a pipeline of two stages that
/// negate one tensor, each in its worker on its device, first a number and then a mebibyte. Nothing in it is random.
///
/// The stages are busy at once, so what they take from each other (the cores on which requests are handed on, memory)
/// is in the figures. Takes two to four seconds.
public final class HandOver {
    private static final String MODEL = """
            model "ONNX" ir=8
            opset "" 17
            graph calibration (x: float32[n]) -> (z: float32[n]) {
              y = Neg(x)
              z = Neg(y)
            }
            """;

    private static final long LARGE = 1 << 20;
    private static final int IN_FLIGHT = 4;
    private static final int COUNTED = 40;
    private static final int ROUNDS = 10;
    private static final int WARM_REQUESTS = 600;
    private static final Duration WARM = Duration.ofMillis(1500);

    private final List<StageWorker> stages;
    private final JobContext context;

    private HandOver(List<StageWorker> stages, JobContext context) {
        this.stages = stages;
        this.context = context;
    }

    /// @param devices that a model is to be split over; the first two are measured
    /// @throws LatheException when a worker cannot be started, or dies
    public static TransferModel measure(List<Device> devices, String engine, ModelRunner runner, JobContext context)
            throws LatheException {
        if (devices.stream().distinct().count() < 2) {
            // Stages on the same cores wait for each other: that is in the prediction already.
            return TransferModel.BETWEEN_WORKERS;
        }
        context.progress(-1, "measuring what handing over costs here");
        List<StageWorker> stages = new ArrayList<>();
        try (Scratch scratch = Scratch.open()) {
            Model model = GraphText.parse(MODEL);
            Analysis analysis = Analysis.of(model, DimBindings.NONE, context);
            PipelineCuts cuts = PipelineCuts.of(analysis, Map.of());
            PipelinePlan plan = PipelinePlan.of(
                    PipelinePlan.write(
                            StageCutter.cut(
                                    model,
                                    analysis,
                                    cuts.placement(
                                            List.of(1),
                                            devices.stream().distinct().limit(2).toList())),
                            scratch.folder(),
                            "hand-over",
                            JobContext.quiet()),
                    scratch.folder(),
                    engine,
                    inputs(1),
                    1);
            for (int i = 0; i < 2; i++) {
                stages.add(StageWorker.open(plan, i, runner, context));
            }
            return new HandOver(stages, context).measured();
        } finally {
            stages.forEach(StageWorker::close);
        }
    }

    private TransferModel measured() throws LatheException {
        long small = period(inputs(1));
        long alone = alone(inputs(1)) / stages.size();
        long large = period(inputs(LARGE / Float.BYTES));
        // A stage takes a mebibyte over and hands one on.
        double rate = large > small
                ? 2.0 * LARGE * 1e9 / (large - small)
                : TransferModel.BETWEEN_WORKERS.sending().value();
        Quantity perSecond = Quantity.of(rate, Unit.BYTES_PER_SECOND);
        return new TransferModel(
                Duration.ofNanos(small), Duration.ofNanos(Math.min(small, alone)), perSecond, perSecond);
    }

    /// From one request's end to the next one's, in nanoseconds: the mean, as throughput is a matter of means.
    private long period(Map<String, HostTensor> inputs) throws LatheException {
        long from = System.nanoTime();
        for (int done = 0; done < WARM_REQUESTS && System.nanoTime() - from < WARM.toNanos(); done += COUNTED) {
            round(inputs);
        }
        Duration took = Duration.ZERO;
        for (int i = 0; i < ROUNDS; i++) {
            took = took.plus(round(inputs));
        }
        return took.dividedBy(ROUNDS * COUNTED).toNanos();
    }

    /// One request through the stages with no other on its way, in nanoseconds: the median.
    private long alone(Map<String, HostTensor> inputs) throws LatheException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < COUNTED; i++) {
            long from = System.nanoTime();
            Map<String, HostTensor> tensors = inputs;
            for (StageWorker s : stages) {
                tensors = s.run(tensors, IN_FLIGHT);
            }
            times.add(System.nanoTime() - from);
        }
        return Latencies.of(times).p50().toNanos();
    }

    private Duration round(Map<String, HostTensor> inputs) throws LatheException {
        PipelineRound round = new PipelineRound(stages, inputs, COUNTED, IN_FLIGHT, context);
        round.run();
        return round.took();
    }

    private static Map<String, HostTensor> inputs(long elements) {
        byte[] zeros = new byte[Math.toIntExact(elements * Float.BYTES)];
        return Map.of("x", HostTensor.of(DType.FLOAT32, List.of(elements), MemorySegment.ofArray(zeros)));
    }
}
