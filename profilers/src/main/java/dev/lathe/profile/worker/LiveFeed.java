package dev.lathe.profile.worker;

import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LayerSums;
import dev.lathe.profile.LayerTimes;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.RunConditions;
import dev.lathe.profile.RunListener;
import dev.lathe.profile.Statistics;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.memory.ArenaUse;
import dev.lathe.profile.worker.wire.Progress;
import dev.lathe.profile.worker.wire.Traced;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Gathers what a measuring loop reports and tells the listener. Confined to one thread.
final class LiveFeed {
    /// A loop that goes on for hours keeps its newest runs.
    private static final int KEPT = 200_000;

    private final Supplier<Gathering> gathering;
    private Optional<Gathering> gathered = Optional.empty();
    private final int planned;
    private final RunTarget target;
    private final RunListener listener;
    private final Watching watching;
    private final CardFeed cards;
    private final EnergyFeed energy;
    private long[] runs = new long[1024];
    private long done;
    private double runNanos;
    /// Of the loop's runs that are not measured: the profiled ones, and those right after them.
    private double tracedNanos;
    /// The wall clock of several runs in flight; 0 where one comes after the other.
    private double streamingNanos;
    private long traces;
    private Duration elapsed = Duration.ZERO;
    private long cpuNanos = -1;
    private long cpuAt;
    private double workerCpu;
    private MemoryStats memory = new MemoryStats(0, 0, OptionalLong.empty(), OptionalLong.empty());
    private List<KernelEvent> lastTrace = List.of();
    private List<KernelEvent> firstRun = List.of();
    private boolean firstHeld;
    private Optional<TracedRun> quietest = Optional.empty();
    private Optional<String> traceTrouble = Optional.empty();
    private LayerSums sums = LayerSums.NONE;
    private LatencyStats soFar = Statistics.latency(new long[0]);
    private boolean stale = true;

    /// @param gathering asked once, as soon as there is something to gather
    LiveFeed(Supplier<Gathering> gathering, Watching watching, ProfilePlan plan, RunListener listener) {
        this.gathering = gathering;
        this.watching = watching;
        this.planned = plan.allRuns();
        this.target = plan.target();
        this.cards = new CardFeed(target.device());
        this.energy = new EnergyFeed(target.device().kind(), cards::cards);
        this.listener = listener;
        watching.load().perCore();
    }

    /// Where profiled runs are gathered.
    Gathering gathered() {
        if (gathered.isEmpty()) {
            gathered = Optional.of(gathering.get());
        }
        return gathered.get();
    }

    void accept(Progress p) {
        long[] since = new long[p.getRunNanosCount()];
        for (int i = 0; i < since.length; i++) {
            since[i] = p.getRunNanos(i);
            keep(since[i]);
        }
        long[] warming = p.getWarmNanosList().stream().mapToLong(n -> n).toArray();
        p.getTracesList().forEach(this::trace);
        if (!p.getTraceTrouble().isEmpty()) {
            traceTrouble = Optional.of(p.getTraceTrouble());
        }
        elapsed = p.getWarmingUp() ? Duration.ZERO : Duration.ofNanos(p.getElapsedNanos());
        memory(p);
        cpu(p);
        energy.accept(p.getEnergy());
        if (!p.getWarmingUp()) {
            watching.conditions().look(p.getProcessCpuNanos());
        }
        if (stale && samples() > 0) {
            sums = sums();
            soFar = latency();
            stale = false;
        } else if (samples() == 0) {
            soFar = done == 0 && warming.length > 0 ? Statistics.latency(warming) : latency();
        }
        double streamed = p.getStreamingNanos() - streamingNanos;
        streamingNanos = p.getStreamingNanos();
        LatencyStats window = Statistics.latency(done == 0 ? warming : since);
        listener.sample(new LiveSample(
                elapsed,
                done,
                planned,
                window,
                soFar,
                perSecond(
                        since.length,
                        streamed > 0 ? streamed : Arrays.stream(since).sum()),
                memory,
                watching.load().perCore(),
                workerCpu,
                overheadPercent().orElse(0),
                sums.layers(),
                sums.outside(),
                trace(),
                done == 0));
        if (done == 0 && warming.length > 0 && gathered.isEmpty()) {
            // The first number is out; while the rest of the warm-up goes on there is time for this.
            gathered = Optional.of(gathering.get());
        }
    }

    private int samples() {
        return gathered.map(g -> g.layers().samples()).orElse(0);
    }

    private void keep(long nanos) {
        int kept = kept();
        if (kept == runs.length && runs.length < KEPT) {
            runs = Arrays.copyOf(runs, Math.min(KEPT, 2 * runs.length));
        }
        runs[(int) (done % runs.length)] = nanos;
        done++;
        runNanos += nanos;
    }

    private int kept() {
        return (int) Math.min(done, runs.length);
    }

    private void trace(Traced t) {
        TracedRun run = KernelWire.unpack(t).on(target);
        lastTrace = run.kernels();
        if (t.getFirstRun()) {
            firstRun = run.kernels();
            return;
        }
        if (quietest.map(q -> took(run) < took(q)).orElse(true)) {
            quietest = Optional.of(run);
        }
        if (!firstHeld) {
            firstHeld = true;
            gathered().layers().held(firstRun);
            gathered().kernels().ifPresent(k -> k.held(firstRun));
        }
        gathered().layers().add(run);
        gathered().kernels().ifPresent(k -> k.add(run));
        gathered().transfers().add(run);
        if (!t.getAfterLoop()) {
            tracedNanos += t.getWallNanos() + t.getSettleNanos();
            traces += t.getSettleNanos() > 0 ? 2 : 1;
        }
        stale = true;
    }

    private void memory(Progress p) {
        long inUse = memory.arenaInUseBytes().orElse(-1);
        long peak = memory.arenaPeakBytes().orElse(-1);
        for (KernelEvent k : p.getTracesCount() == 0 ? List.<KernelEvent>of() : lastTrace) {
            inUse = k.arenaInUseBytes();
            peak = Math.max(peak, Math.max(inUse, k.arenaPeakBytes()));
        }
        cards.accept(p.getCards());
        memory = new MemoryStats(
                        p.getResidentBytes(),
                        p.getPeakResidentBytes(),
                        inUse < 0 ? OptionalLong.empty() : OptionalLong.of(inUse),
                        peak < 0 ? OptionalLong.empty() : OptionalLong.of(peak))
                .withGpu(cards.memory());
    }

    /// Processor time that the worker used since the report before, per time that went by.
    private void cpu(Progress p) {
        long now = System.nanoTime();
        if (cpuNanos >= 0 && now - cpuAt > 50_000_000) {
            workerCpu = Math.max(0, (p.getProcessCpuNanos() - cpuNanos) / (double) (now - cpuAt));
        }
        if (cpuNanos < 0 || now - cpuAt > 50_000_000) {
            cpuNanos = p.getProcessCpuNanos();
            cpuAt = now;
        }
    }

    /// Why runs were no longer profiled.
    Optional<String> traceTrouble() {
        return traceTrouble;
    }

    long done() {
        return done;
    }

    /// Run times in ns, the newest 200,000, in order.
    long[] runNanos() {
        int kept = kept();
        long[] ordered = new long[kept];
        for (int i = 0; i < kept; i++) {
            ordered[i] = runs[(int) ((done - kept + i) % runs.length)];
        }
        return ordered;
    }

    LatencyStats latency() {
        return Statistics.latency(Arrays.copyOf(runs, kept()));
    }

    /// The layers' times so far, against the runs so far.
    LayerSums sums() {
        return sums(gathered().layers());
    }

    /// The times of the engine's own nodes; empty where its graph is not known.
    Optional<LayerSums> kernelSums() {
        return gathered().kernels().map(this::sums);
    }

    private LayerSums sums(LayerTimes of) {
        long[] sorted = Arrays.copyOf(runs, kept());
        if (sorted.length == 0) {
            return of.against(Duration.ZERO, Duration.ZERO);
        }
        Arrays.sort(sorted);
        return of.against(
                Duration.ofNanos(Statistics.percentile(sorted, 50)),
                Duration.ofNanos(Statistics.percentile(sorted, 25)));
    }

    /// Runs without profiling that fit in a second, back to back, or by the wall clock where several are in flight.
    double throughput() {
        return perSecond(done, streamingNanos > 0 ? streamingNanos : runNanos);
    }

    private static double perSecond(long runs, double nanos) {
        return nanos > 0 ? 1e9 * runs / nanos : 0;
    }

    /// How much longer the average run of the loop takes when the profiled ones between them, and those that
    /// find cold caches after these, are counted too, in percent; empty without such runs.
    OptionalDouble overheadPercent() {
        if (done == 0 || traces == 0) {
            return OptionalDouble.empty();
        }
        double without = runNanos / done;
        double with = (runNanos + tracedNanos) / (done + traces);
        return OptionalDouble.of(Math.max(0, 100 * (with / without - 1)));
    }

    RunConditions conditions() {
        return watching.conditions().conditions().withEnergy(energy.use());
    }

    MemoryStats memory() {
        return memory.withArena(ArenaUse.of(firstRun));
    }

    /// The kernels of the profiled run that was disturbed least: the one that took the shortest time.
    List<KernelEvent> trace() {
        return quietest.map(TracedRun::kernels).orElse(List.of());
    }

    /// What each run copies from device to device.
    List<Transfer> transfers() {
        return gathered().transfers().transfers();
    }

    /// The kernels of the session's first run, which tell what the arena was asked for; empty where none was profiled.
    List<KernelEvent> firstRun() {
        return firstRun;
    }

    private static long took(TracedRun run) {
        return run.wall().isZero()
                ? run.kernels().stream().mapToLong(k -> k.duration().toNanos()).sum()
                : run.wall().toNanos();
    }
}
