package dev.lathe.app.split;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.Busy;
import dev.lathe.optimize.partition.HandOver;
import dev.lathe.optimize.partition.MeasuredPipeline;
import dev.lathe.optimize.partition.PipelinePlan;
import dev.lathe.optimize.partition.PipelineRun;
import dev.lathe.optimize.partition.StageCutter;
import dev.lathe.optimize.partition.TransferModel;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ModelRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// The long parts of splitting: running the stages in their workers, and writing their files.
///
/// @param runners opens a runner for one measurement, which is closed after it
public record SplitWork(Supplier<ModelRunner> runners) {
    private static final int REQUESTS = 60;
    private static final long SEED = 42;

    /// Cuts the model, runs its stages with requests in flight and the whole model in turns, and compares their
    /// outputs.
    ///
    /// @param file of the whole model
    /// @throws LatheException when the model cannot be cut so, or a worker dies
    public MeasuredSplit run(Model model, Analysis analysis, Placement placement, Path file, JobContext context)
            throws LatheException {
        try (Scratch scratch = Scratch.open();
                ModelRunner runner = runners.get()) {
            PipelinePlan plan = PipelinePlan.prepare(
                    model,
                    analysis,
                    placement,
                    file,
                    scratch.folder(),
                    "model",
                    EngineCatalog.DEFAULT,
                    REQUESTS,
                    SEED,
                    context.part(0, 0.1));
            return measured(PipelineRun.run(plan, runner, context.part(0.1, 1)), placement);
        }
    }

    /// What handing tensors from stage to stage costs on these devices now.
    public TransferModel handOver(List<Device> devices, JobContext context) throws LatheException {
        try (ModelRunner runner = runners.get()) {
            return HandOver.measure(devices, EngineCatalog.DEFAULT, runner, context);
        }
    }

    /// Writes `<base>.stage-1.onnx` … into the folder and returns the files.
    public List<Path> export(
            Model model, Analysis analysis, Placement placement, Path folder, String base, JobContext context)
            throws LatheException {
        return PipelinePlan.write(StageCutter.cut(model, analysis, placement), folder, base, context).stream()
                .map(PipelinePlan.StageFile::file)
                .toList();
    }

    static MeasuredSplit measured(MeasuredPipeline m, Placement placement) {
        Duration first = m.schedule().stream()
                .map(Busy::start)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration last = m.schedule().stream()
                .map(Busy::end)
                .max(Comparator.naturalOrder())
                .orElse(first);
        int from = m.schedule().stream().mapToInt(Busy::request).min().orElse(0);
        List<Schedule.Lane> lanes = new ArrayList<>();
        for (int s = 0; s < placement.stages().size(); s++) {
            int stage = s;
            lanes.add(new Schedule.Lane(
                    s,
                    placement.stages().get(s).device().name(),
                    m.schedule().stream()
                            .filter(b -> b.stage() == stage)
                            .sorted(Comparator.comparing(Busy::start))
                            .map(b -> new Schedule.Slot(
                                    b.request() - from + 1,
                                    b.start().minus(first),
                                    b.end().minus(first),
                                    Duration.ZERO))
                            .toList()));
        }
        return new MeasuredSplit(
                m.throughputPerSecond(),
                m.aloneLatency(),
                OptionalDouble.of(m.wholeThroughputPerSecond()),
                m.maxAbsDifference(),
                m.requests(),
                new Schedule(lanes, last.minus(first)));
    }
}
