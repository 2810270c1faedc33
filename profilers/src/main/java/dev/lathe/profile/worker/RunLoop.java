package dev.lathe.profile.worker;

import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.worker.wire.Loop;
import dev.lathe.profile.worker.wire.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// The measuring loop inside the worker: warm-up, then timed runs with a profiled run now and then between
/// them. Latency is timed on the runs that are not profiled, so the profiler's cost is not in it. What
/// happened is reported by another thread, so a model that takes seconds a run still shows life.
final class RunLoop {
    /// So that charts refresh more than 5 times a second.
    private static final long REPORT_MILLIS = 150;

    /// Profiled runs may take at most this share of the loop's time beyond what they would have taken anyway.
    private static final double MOST_EXTRA = 0.03;

    /// So many profiled runs are made however short the loop is: fewer tell nothing about a layer.
    private static final int LEAST_TRACES = 5;

    /// Where progress goes.
    interface Report {
        void send(Progress progress) throws IOException;
    }

    private final Session session;
    private final Map<String, HostTensor> inputs;
    private final Loop plan;
    private final BooleanSupplier stopped;

    RunLoop(Session session, Map<String, HostTensor> inputs, Loop plan, BooleanSupplier stopped) {
        this.session = session;
        this.inputs = inputs;
        this.plan = plan;
        this.stopped = stopped;
    }

    void run(Report report) throws LatheException, IOException {
        Findings findings = new Findings();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Jobs.daemon("lathe-worker-report", () -> tell(findings, report, ended, told));
        try {
            warmUp();
            measure(findings);
        } finally {
            ended.complete(true);
            told.join();
        }
        report.send(findings.take());
    }

    private static void tell(
            Findings findings, Report report, CompletableFuture<Boolean> ended, CompletableFuture<Boolean> told) {
        try {
            while (true) {
                try {
                    if (ended.get(REPORT_MILLIS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                } catch (TimeoutException e) {
                    report.send(findings.take());
                }
            }
        } catch (IOException | InterruptedException | ExecutionException e) {
            // The owner is gone: the reader of its requests ends this process.
        } finally {
            told.complete(true);
        }
    }

    private void warmUp() throws LatheException {
        for (int i = 0; i < plan.getWarmup() && !stopped.getAsBoolean(); i++) {
            session.runOnly(inputs);
        }
    }

    private void measure(Findings findings) throws LatheException {
        Optional<Tracer> tracer = plan.getProfiledPerSecond() > 0 ? session.tracer() : Optional.empty();
        if (tracer.isPresent() && !stopped.getAsBoolean()) {
            // The first profiled run pays for files and classes; it is not measured.
            tracer.get().trace(inputs);
        }
        findings.start();
        long start = System.nanoTime();
        long lastTrace = start;
        long extra = 0;
        long typical = Long.MAX_VALUE;
        int runs = 0;
        int traces = 0;
        while (!stopped.getAsBoolean() && (plan.getRuns() == 0 || runs < plan.getRuns())) {
            long before = System.nanoTime();
            session.runOnly(inputs);
            long now = System.nanoTime();
            typical = Math.min(typical, now - before);
            findings.ran(now - before);
            runs++;
            if (tracer.isPresent() && due(runs, traces, now - lastTrace, now - start, extra)) {
                List<KernelEvent> kernels = tracer.get().trace(inputs);
                long after = System.nanoTime();
                findings.traced(kernels, after - now);
                extra += Math.max(0, after - now - typical);
                lastTrace = after;
                traces++;
            }
        }
    }

    /// Whether a profiled run comes next: by the rate that was asked for while it stays cheap; in a short loop the
    /// least number is spread over it.
    private boolean due(int runs, int traces, long sinceTrace, long elapsed, long extra) {
        if (traces < LEAST_TRACES) {
            return plan.getRuns() == 0 || runs >= (traces + 1) * (double) plan.getRuns() / (LEAST_TRACES + 1);
        }
        return sinceTrace >= 1e9 / plan.getProfiledPerSecond() && extra < MOST_EXTRA * elapsed;
    }
}
