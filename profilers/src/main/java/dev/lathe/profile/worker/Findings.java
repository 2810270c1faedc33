package dev.lathe.profile.worker;

import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.worker.wire.Energy;
import dev.lathe.profile.worker.wire.Progress;
import dev.lathe.profile.worker.wire.Taken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What a measuring loop found since it was last asked; filled by the loop's thread, emptied by the one
/// that reports.
final class Findings {
    /// Why a run is not profiled, in a sentence.
    static final String NO_MEMORY =
            "The worker has not enough memory of its own for the profile of a run:" + " a run has too many kernels.";

    private final OwnProcesses processes = OwnProcesses.now();
    private final ProcessMemory memory = new ProcessMemory(processes);
    private long[] runs = new long[256];
    private int count;
    private List<Long> warm = new ArrayList<>();
    private final CompletableFuture<Boolean> firstNumber = new CompletableFuture<>();
    private List<Trace> traces = new ArrayList<>();
    private String traceTrouble = "";
    private volatile boolean untold;
    private boolean warmingUp = true;
    private long since = System.nanoTime();
    private long all;
    private final Supplier<EnergyMeter> meter;
    private Energy energy = Energy.getDefaultInstance();
    private boolean loopOver;
    private final boolean streams;
    private long streamed;

    /// @param meter waits until the counters of energy are open
    Findings(Supplier<EnergyMeter> meter) {
        this(meter, false);
    }

    /// Of a loop with several runs in flight, which the wall clock is told of.
    static Findings ofStreams(Supplier<EnergyMeter> meter) {
        return new Findings(meter, true);
    }

    private Findings(Supplier<EnergyMeter> meter, boolean streams) {
        this.meter = meter;
        this.streams = streams;
    }

    private record Trace(TracedRun run, long nanos, long settleNanos, boolean inLoop, boolean first) {}

    /// The warm-up is over; time and energy count from now.
    void start() {
        meter.get().start();
        synchronized (this) {
            warmingUp = false;
            since = System.nanoTime();
        }
    }

    /// What comes after the loop counts no more.
    void loopEnded() {
        synchronized (this) {
            streamed = System.nanoTime() - since;
        }
        Energy last = energy();
        synchronized (this) {
            loopOver = true;
            energy = last;
        }
    }

    /// Read outside the lock that the loop needs: some counters take longer than a run.
    private Energy energy() {
        synchronized (this) {
            if (loopOver || warmingUp) {
                return energy;
            }
        }
        EnergyMeter m = meter.get();
        Energy.Builder read = Energy.newBuilder().addAllNotReadable(m.unreadable());
        m.sinceStart()
                .forEach(c -> read.addParts(Taken.newBuilder()
                        .setKind(c.kind().name())
                        .setPart(c.part())
                        .setJoules(c.joules())));
        synchronized (this) {
            return read.setRuns(all).setNanos(System.nanoTime() - since).build();
        }
    }

    /// A run of the warm-up, profiled by nobody.
    void warmed(long nanos) {
        synchronized (this) {
            warm.add(nanos);
        }
        firstNumber.complete(true);
    }

    /// Done as soon as there is a latency to tell.
    CompletableFuture<Boolean> firstNumber() {
        return firstNumber;
    }

    void ran(long nanos) {
        counted(nanos);
        firstNumber.complete(true);
    }

    private synchronized void counted(long nanos) {
        if (count == runs.length) {
            runs = Arrays.copyOf(runs, 2 * count);
        }
        runs[count++] = nanos;
        all++;
    }

    /// A profiled run between measured ones, and what the run took that let the caches settle; 0 for none.
    synchronized void tracedInLoop(TracedRun run, long nanos, long settleNanos) {
        traces.add(new Trace(run, nanos, settleNanos, true, false));
        all += settleNanos > 0 ? 2 : 1;
    }

    /// The session's first run, in which the engine does not yet know how large its tensors are.
    synchronized void tracedFirst(TracedRun run) {
        traces.add(new Trace(run, 0, 0, false, true));
    }

    synchronized void tracedAfterLoop(TracedRun run, long nanos) {
        traces.add(new Trace(run, nanos, 0, false, false));
    }

    /// No run is profiled any more.
    synchronized void traceTrouble(String why) {
        traceTrouble = why;
    }

    synchronized boolean inTraceTrouble() {
        return !traceTrouble.isEmpty();
    }

    /// Nobody can be told of what is found: there is no use in going on.
    void cannotBeTold() {
        untold = true;
    }

    boolean isUntold() {
        return untold;
    }

    private long streamingNanos() {
        if (!streams || warmingUp) {
            return 0;
        }
        return streamed > 0 ? streamed : System.nanoTime() - since;
    }

    /// Everything since the call before. The work of packing is done outside the lock that the loop needs.
    Progress take() {
        long[] done;
        List<Trace> profiled;
        List<Long> warmed;
        Progress.Builder progress = Progress.newBuilder().setEnergy(energy());
        synchronized (this) {
            done = Arrays.copyOf(runs, count);
            count = 0;
            profiled = traces;
            traces = new ArrayList<>();
            warmed = warm;
            warm = new ArrayList<>();
            progress.setWarmingUp(warmingUp)
                    .setElapsedNanos(System.nanoTime() - since)
                    .setTraceTrouble(traceTrouble)
                    .setStreamingNanos(streamingNanos());
        }
        for (long nanos : done) {
            progress.addRunNanos(nanos);
        }
        progress.addAllWarmNanos(warmed);
        try {
            profiled.forEach(t -> progress.addTraces(KernelWire.pack(t.run, t.nanos, t.inLoop)
                    .setSettleNanos(t.settleNanos)
                    .setFirstRun(t.first)));
        } catch (OutOfMemoryError e) {
            traceTrouble(NO_MEMORY);
            progress.clearTraces().setTraceTrouble(NO_MEMORY);
        }
        ProcessMemory.Reading m = memory.read();
        return progress.setResidentBytes(m.residentBytes())
                .setPeakResidentBytes(m.peakBytes())
                .setProcessCpuNanos(processes.cpuNanos())
                .build();
    }
}
