package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.worker.wire.Failure;
import dev.lathe.profile.worker.wire.Reply;
import dev.lathe.profile.worker.wire.Request;
import dev.lathe.profile.worker.wire.Stop;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// One worker process as its owner sees it: started, asked, stopped or killed. Its private folder (socket,
/// tensors, optimized models) goes with it. A worker that dies makes every open and later call fail with a
/// [LatheException] that says how it died.
final class WorkerProcess implements AutoCloseable {
    private static final long START_SECONDS = 60;

    private final Process process;
    private final WorkerFolder folder;
    private final Frames frames;
    private final SocketChannel channel;
    private final LastLines errors;
    private final long endSeconds;
    private final TensorWire tensors;
    private final AtomicLong ids = new AtomicLong();
    private final Replies replies = new Replies();

    private WorkerProcess(
            Process process, WorkerFolder folder, SocketChannel channel, LastLines errors, long endSeconds) {
        this.process = process;
        this.folder = folder;
        this.channel = channel;
        this.frames = new Frames(channel);
        this.errors = errors;
        this.endSeconds = endSeconds;
        this.tensors = new TensorWire(folder.files(), "in-");
    }

    /// What is done while a worker starts; its private folder is there already.
    @FunctionalInterface
    interface Meanwhile<T> {
        T in(Path folder) throws LatheException;
    }

    /// A worker, and what was done while it started.
    record Started<T>(WorkerProcess worker, T prepared) {}

    /// Starts a worker for this engine bound to `cores` (empty: anywhere) and waits until it has connected.
    static <T> Started<T> start(
            WorkerLaunch launch, String engine, List<Integer> cores, Meanwhile<T> meanwhile, JobContext context)
            throws LatheException {
        WorkerLeftovers.clearOnce();
        WorkerFolder folder;
        try {
            folder = WorkerFolder.make();
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    "no-temporary-folder",
                                    "no folder for the process that runs the model can be made there ("
                                            + FileReason.of(e) + ").",
                                    Place.file(WorkerFolder.temporary()))
                            .withRemedy("Free some space or set another one with -Djava.io.tmpdir."),
                    e);
        }
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.socket()));
            ProcessBuilder builder =
                    new ProcessBuilder(launch.command(folder, engine, cores)).redirectErrorStream(true);
            // These would be printed by the child, or change what it is.
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
            // ONNX Runtime 1.29 reports to its maker from here on unless told not to before it is loaded; nothing
            // leaves this machine. (It also parses this process's command line, and overflows its stack when that is
            // long.)
            builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
            builder.environment().put("ORT_TELEMETRY_DISABLED", "1");
            // OpenMP's threads (PyTorch's) would spin at every barrier: where other programs want a core too, one run
            // in ten took 300 times the median.
            builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
            // Not on the command line, which would be tens of kilobytes long.
            builder.environment().put("CLASSPATH", launch.classPath());
            Process process = builder.start();
            LastLines errors = LastLines.of(process.getInputStream(), folder.files());
            try {
                T prepared = meanwhile.in(folder.files());
                SocketChannel channel = accept(server, process, errors, context);
                WorkerProcess worker = new WorkerProcess(process, folder, channel, errors, launch.endSeconds());
                worker.listen();
                return new Started<>(worker, prepared);
            } catch (LatheException | RuntimeException e) {
                end(process);
                throw e;
            }
        } catch (IOException e) {
            folder.remove();
            Diagnostic why = Diagnostic.error(
                    "worker-not-started",
                    "The worker process cannot be started: " + FileReason.of(e) + ".",
                    Place.nowhere());
            throw new LatheException(folder.remedy().map(why::withRemedy).orElse(why), e);
        } catch (LatheException | RuntimeException e) {
            folder.remove();
            throw e;
        }
    }

    /// The connection, or why there is none: a child that dies first would leave accept waiting for ever.
    private static SocketChannel accept(
            ServerSocketChannel server, Process process, LastLines errors, JobContext context) throws LatheException {
        CompletableFuture<SocketChannel> connected = new CompletableFuture<>();
        Jobs.daemon("lathe-worker-accept", () -> {
            try {
                connected.complete(server.accept());
            } catch (IOException e) {
                connected.completeExceptionally(e);
            }
        });
        process.onExit().thenAccept(p -> connected.completeExceptionally(new IOException("it ended")));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                return connected.get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (context.cancelled()) {
                    process.destroyForcibly();
                    throw new JobCancelledException();
                }
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new LatheException(Diagnostic.error(
                            "worker-not-started",
                            "The worker process did not connect within " + START_SECONDS + " s. " + errors.text(),
                            new Place.InWorker(process.pid())));
                }
            } catch (ExecutionException e) {
                throw WorkerDeath.of(process, errors, "before it was ready");
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw new JobCancelledException();
            }
        }
    }

    private void listen() {
        Jobs.daemon("lathe-worker-" + process.pid(), () -> replies.listen(() -> frames.read(Reply.parser())));
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return !replies.areOver() && process.isAlive();
    }

    Path folder() {
        return folder.files();
    }

    TensorWire tensors() {
        return tensors;
    }

    /// What to do with the replies that come before the last.
    interface Listener {
        void reply(Reply reply) throws LatheException;
    }

    /// Asks and waits for the last reply. When the context is cancelled (or the thread interrupted, which means the
    /// same) the worker is killed, since a native call cannot be interrupted; a loop is asked to stop first and has
    /// `grace` milliseconds to do so.
    Reply call(Request.Builder request, Listener listener, JobContext context, long grace) throws LatheException {
        long id = ids.incrementAndGet();
        LinkedBlockingQueue<Reply> queue = replies.to(id);
        boolean interrupted = false;
        boolean stopping = false;
        long killAt = Long.MAX_VALUE;
        StoppedWatch watch = new StoppedWatch(process.pid());
        try {
            send(request.setId(id));
            while (true) {
                Optional<Reply> reply = Optional.empty();
                try {
                    // Asked before the queue: what a worker said before it died is in the queue by then.
                    boolean dead = replies.areOver();
                    reply = Optional.ofNullable(queue.poll(dead ? 0 : 20, TimeUnit.MILLISECONDS));
                    if (reply.isEmpty() && dead) {
                        throw lost(interrupted || context.cancelled());
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (reply.isEmpty()) {
                    silent(watch, context);
                } else {
                    watch.heard();
                    switch (reply.get().getWhatCase()) {
                        case PROGRESS -> listener.reply(reply.get());
                        case FAILURE -> throw refused(reply.get());
                        case OPENED, RAN, DONE, WHAT_NOT_SET -> {
                            return reply.get();
                        }
                    }
                }
                if (!stopping && (interrupted || context.cancelled())) {
                    stopping = true;
                    killAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(grace);
                    if (grace > 0) {
                        send(Request.newBuilder()
                                .setId(ids.incrementAndGet())
                                .setStop(Stop.newBuilder().setRequest(id)));
                    }
                }
                if (System.nanoTime() >= killAt) {
                    kill();
                    throw new JobCancelledException();
                }
            }
        } catch (Frames.TooLong e) {
            throw new LatheException(
                    Diagnostic.error(
                            "exchange-failed", "The worker cannot be asked: " + e.getMessage() + ".", Place.nowhere()),
                    e);
        } catch (IOException e) {
            throw lost(interrupted || context.cancelled());
        } finally {
            replies.forget(id);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void silent(StoppedWatch watch, JobContext context) throws LatheException {
        try {
            watch.silent(context);
        } catch (LatheException e) {
            kill();
            throw e;
        }
    }

    /// An interrupt during a write would close the socket: it waits until the message is out.
    private void send(Request.Builder request) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            frames.write(request.build());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private LatheException lost(boolean cancelled) {
        if (cancelled) {
            kill();
            throw new JobCancelledException();
        }
        replies.end();
        if (replies.trouble().isPresent()) {
            kill();
            return new LatheException(
                    Diagnostic.error(
                            "exchange-failed",
                            "What the worker tells cannot be read: "
                                    + replies.trouble().get() + ".",
                            new Place.InWorker(process.pid())),
                    replies.trouble().get());
        }
        return WorkerDeath.of(process, errors, "in the middle of its work");
    }

    private static LatheException refused(Reply reply) {
        return new LatheException(diagnostic(reply.getFailure()));
    }

    static Diagnostic diagnostic(Failure failure) {
        Diagnostic d = Diagnostic.error(
                failure.getOurs() ? "internal" : failure.getCode(), failure.getMessage(), Place.nowhere());
        return failure.getRemedy().isEmpty() ? d : d.withRemedy(failure.getRemedy());
    }

    /// Kills, and waits until the system has seen to it, but not for ever.
    private static void end(Process process) {
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void kill() {
        process.destroyForcibly();
        close();
    }

    @Override
    public void close() {
        replies.end();
        boolean interrupted = Thread.interrupted();
        try {
            channel.close();
            // It ends by itself when the socket closes; a native call that hangs must not keep it.
            if (!process.waitFor(endSeconds, TimeUnit.SECONDS)) {
                end(process);
            }
        } catch (IOException e) {
            end(process);
        } catch (InterruptedException e) {
            end(process);
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        folder.remove();
    }
}
