package dev.lathe.profile.worker;

import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.profile.worker.wire.Progress;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tells what a loop finds while it goes on, from a thread beside it, and the rest when it is over.
final class Reporting {
    /// So that charts refresh more than 5 times a second.
    private static final long REPORT_MILLIS = 150;

    private Reporting() {}

    /// Where progress goes.
    interface Report {
        void send(Progress progress) throws IOException;
    }

    /// What runs meanwhile.
    interface Work {
        void run() throws LatheException;
    }

    static void during(Findings findings, Report report, Work work) throws LatheException, IOException {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Jobs.daemon("lathe-worker-report", () -> tell(findings, report, ended, told));
        try {
            work.run();
        } finally {
            ended.complete(true);
            told.join();
        }
        report.send(findings.take());
    }

    private static void tell(
            Findings findings, Report report, CompletableFuture<Boolean> ended, CompletableFuture<Boolean> told) {
        try {
            // Whoever waits for the first number gets it as soon as there is one.
            CompletableFuture<?> next = CompletableFuture.anyOf(ended, findings.firstNumber());
            while (!ended.isDone()) {
                try {
                    next.get(REPORT_MILLIS, TimeUnit.MILLISECONDS);
                    if (ended.isDone()) {
                        return;
                    }
                    next = ended;
                } catch (TimeoutException e) {
                    // It is time for a report.
                }
                report.send(findings.take());
            }
        } catch (IOException | InterruptedException | ExecutionException e) {
            // The owner is gone: the reader of its requests ends this process.
        } finally {
            told.complete(true);
        }
    }
}
