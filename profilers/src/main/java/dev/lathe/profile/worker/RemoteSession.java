package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.worker.wire.Loop;
import dev.lathe.profile.worker.wire.Open;
import dev.lathe.profile.worker.wire.Opened;
import dev.lathe.profile.worker.wire.Progress;
import dev.lathe.profile.worker.wire.Reply;
import dev.lathe.profile.worker.wire.Request;
import dev.lathe.profile.worker.wire.Run;
import dev.lathe.profile.worker.wire.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A session that lives in a worker.
final class RemoteSession implements Session {
    /// How long a measuring loop has to end its present run after a cancel before its worker is killed.
    private static final long STOP_MILLIS = 60;

    private final WorkerProcess worker;
    private final Opened opened;
    private final JobContext context;
    private final Runnable onClose;

    /// Tensors travel in memory that is written again by the next exchange, so there is one exchange at a time.
    private final ReentrantLock exchanging = new ReentrantLock();

    private RemoteSession(WorkerProcess worker, Opened opened, JobContext context, Runnable onClose) {
        this.worker = worker;
        this.opened = opened;
        this.context = context;
        this.onClose = onClose;
    }

    static RemoteSession open(
            WorkerProcess worker,
            Path model,
            RunTarget target,
            SessionConfig config,
            JobContext context,
            Runnable onClose)
            throws LatheException {
        Open open = Open.newBuilder()
                .setEngine(target.engine())
                .setModel(model.toAbsolutePath().toString())
                .setThreads(target.threads())
                .setLevel(config.level().name())
                .setOptimizedModel(config.optimizedModel()
                        .map(p -> p.toAbsolutePath().toString())
                        .orElse(""))
                .setProfiling(config.profiling())
                .putAllOptions(config.options())
                .setAccelerator(config.accelerator().map(Accelerator::deviceId).orElse(""))
                .build();
        try {
            Reply reply = worker.call(Request.newBuilder().setOpen(open), r -> {}, context, 0);
            return new RemoteSession(worker, reply.getOpened(), context, onClose);
        } catch (LatheException e) {
            throw e.diagnostic().place() instanceof Place.Nowhere ? placed(e, model) : e;
        }
    }

    /// The worker does not send places; what it refuses at opening is the model's.
    private static LatheException placed(LatheException e, Path model) {
        return new LatheException(e.diagnostic().at(Place.file(model)), e);
    }

    @Override
    public List<TensorSpec> inputs() {
        return opened.getInputsList().stream().map(PortWire::unpack).toList();
    }

    @Override
    public List<TensorSpec> outputs() {
        return opened.getOutputsList().stream().map(PortWire::unpack).toList();
    }

    @Override
    public Map<String, HostTensor> run(Map<String, HostTensor> inputs) throws LatheException {
        return run(inputs, 0).outputs();
    }

    @Override
    public Told runTold(Map<String, HostTensor> inputs) throws LatheException {
        return run(inputs, 0);
    }

    @Override
    public Map<String, HostTensor> runLent(Map<String, HostTensor> inputs, int later) throws LatheException {
        return run(inputs, later).outputs();
    }

    private Told run(Map<String, HostTensor> inputs, int lentFor) throws LatheException {
        exchanging.lock();
        try {
            Run run = Run.newBuilder()
                    .setSession(opened.getSession())
                    .addAllInputs(worker.tensors().pack(inputs))
                    .setLentFor(lentFor)
                    .build();
            Reply reply = worker.call(Request.newBuilder().setRun(run), r -> {}, context, 0);
            List<Tensor> outputs = reply.getRan().getOutputsList();
            return new Told(
                    lentFor > 0
                            ? worker.tensors().borrow(outputs)
                            : worker.tensors().take(outputs),
                    Duration.ofNanos(reply.getRan().getEngineNanos()));
        } catch (IOException e) {
            throw exchange(e);
        } finally {
            exchanging.unlock();
        }
    }

    /// Runs the measuring loop in the worker; returns when it is done, or stopped by a cancel.
    ///
    /// @param streams runs in flight at once, by the wall clock; 0 for one after the other
    void loop(
            Map<String, HostTensor> inputs,
            int warmup,
            int runs,
            double profiledPerSecond,
            int streams,
            Consumer<Progress> listener,
            JobContext job)
            throws LatheException {
        exchanging.lock();
        try {
            Loop loop = Loop.newBuilder()
                    .setSession(opened.getSession())
                    .addAllInputs(worker.tensors().pack(inputs))
                    .setWarmup(warmup)
                    .setRuns(runs)
                    .setProfiledPerSecond(profiledPerSecond)
                    .setStreams(streams)
                    .build();
            worker.call(Request.newBuilder().setLoop(loop), r -> listener.accept(r.getProgress()), job, STOP_MILLIS);
        } catch (IOException e) {
            throw exchange(e);
        } finally {
            exchanging.unlock();
        }
    }

    /// Whether the processors that were asked for are bound.
    boolean bound() {
        return opened.getBound();
    }

    String tracingNote() {
        return opened.getTracingNote();
    }

    boolean traces() {
        return opened.getTraces();
    }

    long pid() {
        return worker.pid();
    }

    Path folder() {
        return worker.folder();
    }

    private static LatheException exchange(IOException e) {
        return new LatheException(
                Diagnostic.error(
                        "exchange-failed",
                        "Tensors cannot be handed to the worker: " + FileReason.of(e) + ".",
                        Place.nowhere()),
                e);
    }

    /// One run at a time; the measuring loop, inside the worker, profiles without this.
    @Override
    public Optional<Tracer> tracer() {
        return opened.getTraces() ? Optional.of(this::traced) : Optional.empty();
    }

    private TracedRun traced(Map<String, HostTensor> inputs) throws LatheException {
        exchanging.lock();
        try {
            Run run = Run.newBuilder()
                    .setSession(opened.getSession())
                    .addAllInputs(worker.tensors().pack(inputs))
                    .setTrace(true)
                    .build();
            Reply reply = worker.call(Request.newBuilder().setRun(run), r -> {}, context, 0);
            return KernelWire.unpack(reply.getRan().getTraced());
        } catch (IOException e) {
            throw exchange(e);
        } finally {
            exchanging.unlock();
        }
    }

    /// The worker has this session only, so it is ended, not asked: one that hangs would never answer.
    @Override
    public void close() {
        onClose.run();
    }
}
