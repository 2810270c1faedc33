package dev.lathe.profile.worker;

import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.profile.worker.wire.Progress;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tells what a loop finds while it goes on, from a thread beside it, and the rest when it is over. A report that is
/// too long, or that there is no memory for, goes without its profiles and says so; where nothing can be told the
/// loop ends, with what telling failed by.
final class Reporting {
    /// So that charts refresh more than 5 times a second.
    private static final long REPORT_MILLIS = 150;

    private Reporting() {}

    /// Where progress goes.
    interface Report {
        void send(Progress progress) throws IOException;
    }

    /// What runs meanwhile; it ends soon after its findings cannot be told.
    interface Work {
        void run() throws LatheException;
    }

    static void during(Findings findings, Report report, Work work) throws LatheException, IOException {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CompletableFuture<Optional<Throwable>> told = new CompletableFuture<>();
        Jobs.daemon("lathe-worker-report", () -> told.complete(tell(findings, report, ended)));
        Optional<Throwable> failed;
        try {
            work.run();
        } finally {
            ended.complete(true);
            failed = told.join();
        }
        switch (failed.orElse(null)) {
            case null -> send(findings, report);
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static void send(Findings findings, Report report) throws IOException {
        Progress progress = findings.take();
        try {
            report.send(progress);
        } catch (Frames.TooLong | OutOfMemoryError e) {
            if (progress.getTracesCount() == 0) {
                throw e;
            }
            String why = e instanceof Frames.TooLong
                    ? "The profile of a run is too long to be told (" + e.getMessage()
                            + "): a run has too many kernels."
                    : Findings.NO_MEMORY;
            findings.traceTrouble(why);
            report.send(progress.toBuilder().clearTraces().setTraceTrouble(why).build());
        }
    }

    /// Until the loop has ended.
    ///
    /// @return what it failed by; a loop whose owner is gone ends, and the reader of requests ends this process
    private static Optional<Throwable> tell(Findings findings, Report report, CompletableFuture<Boolean> ended) {
        try {
            // Whoever waits for the first number gets it as soon as there is one.
            CompletableFuture<?> next = CompletableFuture.anyOf(ended, findings.firstNumber());
            while (!ended.isDone()) {
                try {
                    next.get(REPORT_MILLIS, TimeUnit.MILLISECONDS);
                    if (ended.isDone()) {
                        break;
                    }
                    next = ended;
                } catch (TimeoutException e) {
                    // It is time for a report.
                }
                send(findings, report);
            }
            return Optional.empty();
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException | Error e) {
            findings.cannotBeTold();
            return Optional.of(e);
        }
    }
}
