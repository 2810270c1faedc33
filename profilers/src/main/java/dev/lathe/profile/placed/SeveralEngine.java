package dev.lathe.profile.placed;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.device.DeviceStatus;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ExecutionEngine;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.ort.SavedGraph;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Placed models as one: a session of the default engine for each stage, in a worker of its own on the stage's device,
/// with a thread for each of its cores. The worker that this runs in only hands tensors on.
public final class SeveralEngine implements ExecutionEngine {
    public static final String ID = "several";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "A session for each device, for placed models";
    }

    @Override
    public Availability availability() {
        return new Availability.Ready("each stage by " + EngineCatalog.DEFAULT);
    }

    @Override
    public Session open(Path model, SessionConfig config) throws LatheException {
        PlacedModel placed = PlacedModel.read(model);
        List<DeviceStatus> devices = Devices.discover();
        List<Device> on = new ArrayList<>();
        for (PlacedModel.Stage s : placed.stages()) {
            on.add(device(model, s.device(), devices));
        }
        Optional<Graph> whole = config.profiling()
                ? Optional.of(PlacedModel.open(model, JobContext.quiet()).graph())
                : Optional.empty();
        WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
        List<SeveralSession.Stage> stages = new ArrayList<>();
        try {
            for (int i = 0; i < on.size(); i++) {
                String name = "stage " + (i + 1) + " on " + on.get(i).id();
                Path file = placed.stages().get(i).file();
                Device device = on.get(i);
                stages.add(SeveralSession.in(name, () -> stage(name, file, device, config, whole, runner)));
            }
            return new SeveralSession(stages, placed.outputs(), runner::close);
        } catch (LatheException | RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    /// For profiling with the graph that the engine runs, which says what layers its kernels stand for.
    ///
    /// @param whole the graph that was split, for profiling
    private static SeveralSession.Stage stage(
            String name, Path file, Device device, SessionConfig config, Optional<Graph> whole, WorkerRunner runner)
            throws LatheException {
        RunTarget target = RunTarget.usual(EngineCatalog.DEFAULT, device);
        if (whole.isEmpty()) {
            SessionConfig plain =
                    new SessionConfig(target.threads(), config.level(), Optional.empty(), false, config.options());
            return new SeveralSession.Stage(
                    name, target, runner.open(file, target, plain, JobContext.quiet()), Optional.empty());
        }
        Path folder = folder();
        Path optimized = folder.resolve("stage.onnx");
        Map<String, String> options = new HashMap<>(config.options());
        Graph stage = Formats.open(file, JobContext.quiet()).graph();
        if (!SavedGraph.hasBodies(stage)) {
            // Where weights are saved: stages may refer to some beside them, or be too large for one file.
            options.put("session.optimized_model_external_initializers_file_name", "weights.bin");
            options.putAll(SavedGraph.withoutWeights(folder, stage));
        }
        SessionConfig own = new SessionConfig(target.threads(), config.level(), Optional.of(optimized), true, options);
        Session session = runner.open(file, target, own, JobContext.quiet());
        settle(folder);
        return new SeveralSession.Stage(
                name, target, session, Optional.of(StageKernels.of(file, whole.get(), optimized)));
    }

    private static void settle(Path folder) throws LatheException {
        try {
            SavedGraph.settle(folder);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            FileReason.codeOfWriting(e),
                            "the engine's graph cannot be read: " + FileReason.of(e) + ".",
                            Place.nowhere()),
                    e);
        }
    }

    /// In the private folder of the worker that this is.
    private static Path folder() throws LatheException {
        try {
            return Files.createTempDirectory("stage-");
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            FileReason.codeOfWriting(e),
                            "no folder for the engine's graph can be made: " + FileReason.of(e) + ".",
                            Place.nowhere()),
                    e);
        }
    }

    private static Device device(Path model, String id, List<DeviceStatus> all) throws LatheException {
        Optional<DeviceStatus> found =
                all.stream().filter(s -> s.device().id().equals(id)).findFirst();
        if (found.isEmpty()) {
            throw refused(model, "this machine has no device '" + id + "'.", "Split the model for this machine.");
        }
        if (found.get().availability() instanceof Availability.Missing(String reason, String remedy)) {
            throw refused(model, "device " + id + " cannot be used: " + reason, remedy);
        }
        return found.get().device();
    }

    private static LatheException refused(Path model, String why, String remedy) {
        return new LatheException(
                Diagnostic.error("engine-refused", why, Place.file(model)).withRemedy(remedy));
    }
}
