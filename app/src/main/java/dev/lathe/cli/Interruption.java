package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The job of a command, which ends when the process is told to (Ctrl-C, SIGTERM): the command is cancelled, and the
/// process waits until it has tidied up after itself. The exit code is then the system's, 128 + the signal's number.
final class Interruption implements JobContext, AutoCloseable {
    /// More than a worker is given to end by itself; a command that hangs does not keep the process.
    private static final long SECONDS_TO_TIDY = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Jobs.hook("lathe-interrupted", this::interrupt);
    private volatile boolean used;
    private volatile boolean interrupted;

    private Interruption() {}

    /// Listens until it is closed.
    static Interruption listening() {
        Interruption it = new Interruption();
        try {
            Runtime.getRuntime().addShutdownHook(it.hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
            it.interrupted = true;
        }
        return it;
    }

    /// This as the job of a command that will look at it: without one there is nobody to wait for.
    JobContext job() {
        used = true;
        return this;
    }

    @Override
    public void progress(double fraction, String step) {
        // nobody listens
    }

    @Override
    public boolean cancelled() {
        return interrupted || Thread.currentThread().isInterrupted();
    }

    private void interrupt() {
        interrupted = true;
        if (!used) {
            return;
        }
        try {
            // Also when the time is over the process ends, and its workers with it: their sockets close.
            boolean tidy = ended.await(SECONDS_TO_TIDY, TimeUnit.SECONDS);
            if (!tidy) {
                System.getLogger(Interruption.class.getName())
                        .log(System.Logger.Level.DEBUG, "The command did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The command has ended and left nothing behind.
    @Override
    public void close() {
        ended.countDown();
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came just now: the hook finds that all is done.
                interrupted = true;
            }
        }
    }
}
