package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Opens models in worker processes, one process per open session: closing the session ends it, so a model's
/// memory and threads are its own. Thread-safe.
public final class WorkerRunner implements ModelRunner {
    private final WorkerLaunch launch;
    private final Set<WorkerProcess> workers = ConcurrentHashMap.newKeySet();

    public WorkerRunner(WorkerLaunch launch) {
        this.launch = launch;
    }

    @Override
    public Session open(Path model, RunTarget target, SessionConfig config, JobContext context) throws LatheException {
        return openRemote(model, target, config, context);
    }

    RemoteSession openRemote(Path model, RunTarget target, SessionConfig config, JobContext context)
            throws LatheException {
        return openRemote(folder -> new Opening(model, config), target, context);
    }

    /// What a worker is to open.
    record Opening(Path model, SessionConfig config) {}

    /// Opens a model whose file, or the engine's version of it, may lie in the worker's private folder.
    ///
    /// @param prepare what makes it ready, done while the worker starts
    RemoteSession openRemote(WorkerProcess.Meanwhile<Opening> prepare, RunTarget target, JobContext context)
            throws LatheException {
        Optional<Accelerator> accelerator = accelerator(target);
        context.progress(-1, "starting a worker");
        WorkerProcess.Started<Opening> started =
                WorkerProcess.start(launch.on(target), target.engine(), cores(target), prepare, context);
        WorkerProcess worker = started.worker();
        workers.add(worker);
        try {
            context.progress(-1, "opening the model");
            Opening opening = started.prepared();
            return RemoteSession.open(
                    worker, opening.model(), target, opening.config().on(accelerator), context, () -> close(worker));
        } catch (LatheException | RuntimeException e) {
            close(worker);
            throw e;
        }
    }

    private static Optional<Accelerator> accelerator(RunTarget target) throws LatheException {
        Optional<Accelerator> accelerator = Accelerator.of(target.device());
        if (accelerator.isPresent() && !target.engine().equals(EngineCatalog.DEFAULT)) {
            throw new LatheException(Diagnostic.error(
                            "engine-unavailable",
                            "engine " + target.engine() + " does not run on "
                                    + target.device().id() + ".",
                            new Place.AtOption("--engine"))
                    .withRemedy("Run with engine " + EngineCatalog.DEFAULT + "."));
        }
        return accelerator;
    }

    /// A core group is bound; the whole CPU needs no binding.
    private static List<Integer> cores(RunTarget target) {
        return target.device().kind() == DeviceKind.CPU_GROUP ? target.device().cores() : List.of();
    }

    private void close(WorkerProcess worker) {
        workers.remove(worker);
        worker.close();
    }

    @Override
    public void close() {
        List.copyOf(workers).forEach(this::close);
    }
}
