package dev.lathe.profile.worker;

import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.worker.wire.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a measuring loop found since it was last asked; filled by the loop's thread, emptied by the one
/// that reports.
final class Findings {
    private final ProcessMemory memory = new ProcessMemory();
    private long[] runs = new long[256];
    private int count;
    private List<Trace> traces = new ArrayList<>();
    private String traceTrouble = "";
    private boolean warmingUp = true;
    private long since = System.nanoTime();

    private record Trace(TracedRun run, long nanos, long settleNanos, boolean inLoop) {}

    /// The warm-up is over; time counts from now.
    synchronized void start() {
        warmingUp = false;
        since = System.nanoTime();
    }

    synchronized void ran(long nanos) {
        if (count == runs.length) {
            runs = Arrays.copyOf(runs, 2 * count);
        }
        runs[count++] = nanos;
    }

    /// A profiled run between measured ones, and what the run took that let the caches settle; 0 for none.
    synchronized void tracedInLoop(TracedRun run, long nanos, long settleNanos) {
        traces.add(new Trace(run, nanos, settleNanos, true));
    }

    synchronized void tracedAfterLoop(TracedRun run, long nanos) {
        traces.add(new Trace(run, nanos, 0, false));
    }

    /// No run is profiled any more.
    synchronized void traceTrouble(String why) {
        traceTrouble = why;
    }

    /// Everything since the call before. The work of packing is done outside the lock that the loop needs.
    Progress take() {
        long[] done;
        List<Trace> profiled;
        Progress.Builder progress = Progress.newBuilder();
        synchronized (this) {
            done = Arrays.copyOf(runs, count);
            count = 0;
            profiled = traces;
            traces = new ArrayList<>();
            progress.setWarmingUp(warmingUp)
                    .setElapsedNanos(System.nanoTime() - since)
                    .setTraceTrouble(traceTrouble);
        }
        for (long nanos : done) {
            progress.addRunNanos(nanos);
        }
        profiled.forEach(t ->
                progress.addTraces(KernelWire.pack(t.run, t.nanos, t.inLoop).setSettleNanos(t.settleNanos)));
        ProcessMemory.Reading m = memory.read();
        return progress.setResidentBytes(m.residentBytes())
                .setPeakResidentBytes(m.peakBytes())
                .setProcessCpuNanos(ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toNanos)
                        .orElse(0L))
                .build();
    }
}
