package dev.lathe.profile.worker;

import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.worker.wire.Kernel;
import dev.lathe.profile.worker.wire.Loop;
import dev.lathe.profile.worker.wire.Progress;
import dev.lathe.profile.worker.wire.Traced;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The measuring loop inside the worker: warm-up, then timed runs with a profiled run now and then between
/// them. Latency is timed on the runs that are not profiled, so the profiler's cost is not in it.
final class RunLoop {
    /// Progress goes out at least this often, so that charts refresh more than 4 times a second.
    private static final long REPORT_NANOS = 150_000_000;

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
    private final ProcessMemory memory = new ProcessMemory();

    RunLoop(Session session, Map<String, HostTensor> inputs, Loop plan, BooleanSupplier stopped) {
        this.session = session;
        this.inputs = inputs;
        this.plan = plan;
        this.stopped = stopped;
    }

    void run(Report report) throws LatheException, IOException {
        for (int i = 0; i < plan.getWarmup() && !stopped.getAsBoolean(); i++) {
            session.runOnly(inputs);
        }
        Optional<Tracer> tracer = plan.getProfiledPerSecond() > 0 ? session.tracer() : Optional.empty();
        if (tracer.isPresent() && !stopped.getAsBoolean()) {
            // The first profiled run pays for files and classes; it is not measured.
            tracer.get().trace(inputs);
        }
        long start = System.nanoTime();
        long lastReport = start;
        long lastTrace = start;
        long extra = 0;
        long typical = 0;
        int runs = 0;
        int traces = 0;
        Progress.Builder progress = Progress.newBuilder();
        while (!stopped.getAsBoolean() && (plan.getRuns() == 0 || runs < plan.getRuns())) {
            long before = System.nanoTime();
            session.runOnly(inputs);
            long now = System.nanoTime();
            typical = typical == 0 ? now - before : Math.min(typical, now - before);
            progress.addRunNanos(now - before);
            runs++;
            if (tracer.isPresent() && due(runs, traces, now - lastTrace, now - start, extra)) {
                List<KernelEvent> kernels = tracer.get().trace(inputs);
                long after = System.nanoTime();
                progress.addTraces(traced(kernels, after - now));
                extra += Math.max(0, after - now - typical);
                lastTrace = after;
                now = after;
                traces++;
            }
            if (now - lastReport > REPORT_NANOS) {
                report.send(finished(progress, now - start));
                progress = Progress.newBuilder();
                lastReport = now;
            }
        }
        report.send(finished(progress, System.nanoTime() - start));
    }

    /// Whether a profiled run comes next: by the rate that was asked for while it stays cheap, and in a short
    /// loop spread over it so that the least number is reached.
    private boolean due(int runs, int traces, long sinceTrace, long elapsed, long extra) {
        if (plan.getRuns() > 0 && traces < LEAST_TRACES) {
            return runs >= (traces + 1) * (double) plan.getRuns() / (LEAST_TRACES + 1);
        }
        if (plan.getRuns() == 0 && traces < LEAST_TRACES) {
            return true;
        }
        return sinceTrace >= 1e9 / plan.getProfiledPerSecond() && extra < MOST_EXTRA * elapsed;
    }

    private Progress finished(Progress.Builder progress, long elapsed) {
        ProcessMemory.Reading m = memory.read();
        return progress.setElapsedNanos(elapsed)
                .setResidentBytes(m.residentBytes())
                .setPeakResidentBytes(m.peakBytes())
                .setProcessCpuNanos(ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(java.time.Duration::toNanos)
                        .orElse(0L))
                .build();
    }

    private static Traced traced(List<KernelEvent> kernels, long wall) {
        Traced.Builder t = Traced.newBuilder().setWallNanos(wall);
        for (KernelEvent k : kernels) {
            t.addKernels(Kernel.newBuilder()
                    .setNode(k.node())
                    .setOp(k.op())
                    .setProvider(k.provider())
                    .setStartNanos(k.start().toNanos())
                    .setNanos(k.duration().toNanos())
                    .setThread(k.thread())
                    .setInputs(k.inputShapes())
                    .setOutputs(k.outputShapes())
                    .setActivationBytes(k.activationBytes())
                    .setOutputBytes(k.outputBytes())
                    .setArenaBytes(k.arenaInUseBytes()));
        }
        return t.build();
    }
}
