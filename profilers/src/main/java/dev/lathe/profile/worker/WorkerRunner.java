package dev.lathe.profile.worker;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.List;
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
        context.progress(-1, "starting a worker");
        WorkerProcess worker = WorkerProcess.start(launch, cores(target), context);
        workers.add(worker);
        try {
            context.progress(-1, "opening the model");
            return RemoteSession.open(worker, model, target, config, context, () -> close(worker));
        } catch (LatheException | RuntimeException e) {
            close(worker);
            throw e;
        }
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
