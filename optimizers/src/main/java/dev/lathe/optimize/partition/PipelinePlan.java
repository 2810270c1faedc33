package dev.lathe.optimize.partition;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.FilesTogether;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.target.Placement;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/// What a pipeline run measures: the stage files and the whole model's, the inputs of every request, and how
/// much of it.
///
/// `requests` are counted after `warmup` ones, spread over `rounds` in which pipeline and whole model take
/// turns, so that both meet the same machine. `inFlight` requests are in the pipeline at most.
public record PipelinePlan(
        List<StageFile> stages,
        Path whole,
        String engine,
        SessionConfig.Level level,
        Map<String, HostTensor> inputs,
        int warmup,
        int requests,
        int rounds,
        int inFlight) {

    /// A stage and the file that it was written to.
    public record StageFile(StageModel stage, Path file) {}

    public PipelinePlan {
        stages = List.copyOf(stages);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        if (stages.isEmpty() || requests < 1 || rounds < 1 || inFlight < 1 || warmup < 0) {
            throw new IllegalArgumentException("a run needs stages, requests, rounds and places for requests");
        }
    }

    /// A round is no longer than this: what one has measured is kept when a worker dies in a later one.
    private static final int REQUESTS_OF_A_ROUND = 1000;

    /// A plan with the usual figures: three requests to warm up, three rounds (more when there are thousands of
    /// requests), two requests in flight for each stage.
    public static PipelinePlan of(
            List<StageFile> stages, Path whole, String engine, Map<String, HostTensor> inputs, int requests) {
        return new PipelinePlan(
                stages,
                whole,
                engine,
                SessionConfig.USUAL,
                inputs,
                3,
                requests,
                Math.max(Math.min(3, requests), requests / REQUESTS_OF_A_ROUND),
                2 * stages.size());
    }

    /// Cuts the model, writes its stages into `folder` as `<base>.stage-1.onnx` …, and plans a run on seeded
    /// inputs. The whole model is run from `whole`.
    ///
    /// @throws LatheException when the model cannot be cut so, or the folder cannot be written
    public static PipelinePlan prepare(
            Model model,
            Analysis analysis,
            Placement placement,
            Path whole,
            Path folder,
            String base,
            String engine,
            int requests,
            long seed,
            JobContext context)
            throws LatheException {
        List<StageFile> files = write(StageCutter.cut(model, analysis, placement), folder, base, context);
        return of(files, whole, engine, InputGenerator.generate(model, analysis, seed), requests);
    }

    /// Writes the stage models into `folder`, which is made when it is not there: all of them or none.
    public static List<StageFile> write(List<StageModel> stages, Path folder, String base, JobContext context)
            throws LatheException {
        List<StageFile> files = new ArrayList<>();
        try (FilesTogether together = FilesTogether.in(folder)) {
            for (StageModel stage : stages) {
                context.checkCancelled();
                String name = stage.fileName(base);
                int i = files.size();
                JobContext part = context.part(i / (double) stages.size(), (i + 1) / (double) stages.size());
                try {
                    Formats.export(stage.model(), together.folder().resolve(name), part);
                } catch (LatheException e) {
                    throw together.told(e);
                }
                files.add(new StageFile(stage, folder.resolve(name)));
            }
            together.keep();
        }
        return List.copyOf(files);
    }

    /// This plan, its stage files in another folder.
    public PipelinePlan movedTo(Path folder) {
        List<StageFile> moved = stages.stream()
                .map(s -> new StageFile(s.stage(), folder.resolve(s.file().getFileName())))
                .toList();
        return new PipelinePlan(moved, whole, engine, level, inputs, warmup, requests, rounds, inFlight);
    }

    /// All the stages' cores together, for the whole model to run on the same hardware.
    Device allDevices() {
        TreeSet<Integer> cores = new TreeSet<>();
        StringBuilder ids = new StringBuilder();
        for (StageFile s : stages) {
            Device d = s.stage().stage().device();
            cores.addAll(d.cores());
            ids.append(ids.isEmpty() ? "" : "+").append(d.id());
        }
        return new Device(
                ids.toString(),
                ids.toString(),
                DeviceKind.CPU_GROUP,
                List.copyOf(cores),
                OptionalLong.empty(),
                List.of());
    }
}
