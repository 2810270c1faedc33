package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ExecutionEngine;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.nvml.CardWatch;
import dev.lathe.profile.worker.wire.CardUse;
import dev.lathe.profile.worker.wire.Cards;
import dev.lathe.profile.worker.wire.Done;
import dev.lathe.profile.worker.wire.Failure;
import dev.lathe.profile.worker.wire.Loop;
import dev.lathe.profile.worker.wire.Open;
import dev.lathe.profile.worker.wire.Opened;
import dev.lathe.profile.worker.wire.Progress;
import dev.lathe.profile.worker.wire.Ran;
import dev.lathe.profile.worker.wire.Reply;
import dev.lathe.profile.worker.wire.Request;
import dev.lathe.profile.worker.wire.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// What a worker does on request; on the worker's main thread, one request at a time.
final class WorkerService {
    private final Frames frames;
    private final TensorWire tensors;
    private final boolean bound;
    private final Map<Integer, Session> sessions = new HashMap<>();
    private final CompletableFuture<EnergyMeter> energy = new CompletableFuture<>();
    private final CompletableFuture<CardWatch> cards = new CompletableFuture<>();
    private volatile boolean onCards;
    private int lastSession;
    private volatile long stopped = -1;

    WorkerService(Frames frames, Path folder, boolean bound) {
        this.bound = bound;
        this.frames = frames;
        this.tensors = new TensorWire(folder, "out-");
        // Drivers may take long to answer: meanwhile the model is opened.
        Jobs.daemon("lathe-worker-energy", () -> {
            cards.complete(openedWatch());
            energy.complete(openedMeter());
        });
    }

    private static CardWatch openedWatch() {
        try {
            return CardWatch.open();
        } catch (RuntimeException | LinkageError e) {
            return CardWatch.none();
        }
    }

    private static EnergyMeter openedMeter() {
        try {
            return EnergyMeter.open();
        } catch (RuntimeException | LinkageError e) {
            return EnergyMeter.none();
        }
    }

    /// Ends the loop of this request after its present run, or before its first.
    void stop(long request) {
        stopped = request;
    }

    void handle(Request request) throws IOException {
        Reply.Builder reply = Reply.newBuilder().setId(request.getId());
        try {
            switch (request.getWhatCase()) {
                case OPEN -> reply.setOpened(open(request.getOpen()));
                case RUN -> reply.setRan(run(request.getRun()));
                case LOOP -> {
                    loop(request.getId(), request.getLoop());
                    reply.setDone(Done.getDefaultInstance());
                }
                case CLOSE -> {
                    Optional.ofNullable(sessions.remove(request.getClose().getSession()))
                            .ifPresent(Session::close);
                    reply.setDone(Done.getDefaultInstance());
                }
                case STOP, WHAT_NOT_SET -> reply.setDone(Done.getDefaultInstance());
            }
        } catch (LatheException e) {
            reply.setFailure(failure(e.diagnostic()));
        } catch (OutOfMemoryError e) {
            reply.setFailure(Failure.newBuilder()
                    .setCode("worker-memory")
                    .setMessage("The worker has not enough memory of its own for this: " + e.getMessage() + "."));
        } catch (RuntimeException | Error e) {
            reply.setFailure(Failure.newBuilder()
                    .setCode("internal")
                    .setMessage(e.toString())
                    .setOurs(true));
        }
        try {
            frames.write(reply.build());
        } catch (Frames.TooLong | OutOfMemoryError e) {
            frames.write(Reply.newBuilder()
                    .setId(request.getId())
                    .setFailure(Failure.newBuilder()
                            .setCode("exchange-failed")
                            .setMessage("The worker cannot answer: " + e.getMessage() + "."))
                    .build());
        }
    }

    static Failure.Builder failure(Diagnostic d) {
        return Failure.newBuilder()
                .setCode(d.code())
                .setMessage(d.message())
                .setRemedy(d.remedy().orElse(""));
    }

    private Opened open(Open open) throws LatheException {
        ExecutionEngine engine = EngineCatalog.engine(open.getEngine());
        SessionConfig config = new SessionConfig(
                        open.getThreads(),
                        SessionConfig.Level.valueOf(open.getLevel()),
                        open.getOptimizedModel().isEmpty()
                                ? Optional.empty()
                                : Optional.of(Path.of(open.getOptimizedModel())),
                        open.getProfiling(),
                        open.getOptionsMap())
                .on(Accelerator.of(open.getAccelerator()));
        if (!open.getAccelerator().isEmpty()) {
            // What lies on cards before the model does.
            cards.join();
        }
        Session session = engine.open(Path.of(open.getModel()), config);
        onCards |= !open.getAccelerator().isEmpty();
        sessions.put(++lastSession, session);
        return Opened.newBuilder()
                .setSession(lastSession)
                .addAllInputs(session.inputs().stream().map(PortWire::pack).toList())
                .addAllOutputs(session.outputs().stream().map(PortWire::pack).toList())
                .setTraces(session.tracer().isPresent())
                .setTracingNote(session.tracer().map(Tracer::note).orElse(""))
                .setBound(bound)
                .build();
    }

    private Ran run(Run run) throws LatheException, IOException {
        if (run.getTrace()) {
            Tracer tracer = session(run.getSession())
                    .tracer()
                    .orElseThrow(() -> new IllegalStateException("not opened for profiling"));
            TracedRun traced = tracer.trace(tensors.borrow(run.getInputsList()));
            return Ran.newBuilder()
                    .setTraced(KernelWire.pack(traced, traced.wall().toNanos(), true))
                    .build();
        }
        Session.Told told = session(run.getSession()).runTold(tensors.borrow(run.getInputsList()));
        return Ran.newBuilder()
                .addAllOutputs(tensors.pack(told.outputs(), run.getLentFor()))
                .setEngineNanos(told.engine().toNanos())
                .build();
    }

    private void loop(long id, Loop loop) throws LatheException, IOException {
        Session session = session(loop.getSession());
        Map<String, HostTensor> inputs = tensors.borrow(loop.getInputsList());
        BooleanSupplier stop = () -> stopped == id;
        Reporting.Report report = progress -> frames.write(
                Reply.newBuilder().setId(id).setProgress(withCards(progress)).build());
        if (loop.getStreams() > 0) {
            new StreamLoop(session, inputs, loop, stop, energy::join).run(report);
        } else {
            new RunLoop(session, inputs, loop, stop, energy::join).run(report);
        }
    }

    private Progress withCards(Progress progress) {
        if (!onCards) {
            return progress;
        }
        CardWatch watch = cards.join();
        Cards.Builder told = Cards.newBuilder().setTrouble(watch.trouble().orElse(""));
        watch.read(OwnProcesses.now().pids())
                .forEach(c -> told.addCards(CardUse.newBuilder()
                        .setPart(c.part())
                        .setUsedBefore(c.usedBefore())
                        .setUsed(c.used())
                        .setOwn(c.own())));
        return progress.toBuilder().setCards(told).build();
    }

    private Session session(int number) {
        Session s = sessions.get(number);
        if (s == null) {
            throw new IllegalStateException("no session " + number);
        }
        return s;
    }
}
