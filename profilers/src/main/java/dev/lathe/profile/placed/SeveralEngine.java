package dev.lathe.profile.placed;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.device.DeviceStatus;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ExecutionEngine;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
        List<SeveralSession.Stage> stages = new ArrayList<>();
        try {
            for (int i = 0; i < on.size(); i++) {
                String name = "stage " + (i + 1) + " on " + on.get(i).id();
                RunTarget target = RunTarget.usual(EngineCatalog.DEFAULT, on.get(i));
                SessionConfig own =
                        new SessionConfig(target.threads(), config.level(), Optional.empty(), false, config.options());
                Path file = placed.stages().get(i).file();
                stages.add(new SeveralSession.Stage(
                        name, SeveralSession.in(name, () -> runner.open(file, target, own, JobContext.quiet()))));
            }
            return new SeveralSession(stages, placed.outputs(), runner::close);
        } catch (LatheException | RuntimeException e) {
            runner.close();
            throw e;
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
