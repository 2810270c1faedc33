package dev.lathe.profile.worker;

import dev.lathe.profile.engine.Handover;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.ThreadUse;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.worker.wire.HandedOver;
import dev.lathe.profile.worker.wire.Kernel;
import dev.lathe.profile.worker.wire.SharedOut;
import dev.lathe.profile.worker.wire.Traced;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The kernels of a profiled run on their way between the processes.
final class KernelWire {
    private KernelWire() {}

    /// @param wallNanos what the profiled run took with all that it needs
    /// @param inLoop whether it was made between measured runs, rather than after them
    static Traced.Builder pack(TracedRun run, long wallNanos, boolean inLoop) {
        Traced.Builder t = Traced.newBuilder()
                .setWallNanos(wallNanos)
                .setRunNanos(run.wall().toNanos())
                .setAfterLoop(!inLoop);
        for (KernelEvent k : run.kernels()) {
            Kernel.Builder b = t.addKernelsBuilder()
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
                    .setArenaBytes(k.arenaInUseBytes())
                    .setArenaPeakBytes(k.arenaPeakBytes())
                    .setAskedBytes(k.askedBytes())
                    .setAskedGrowth(k.askedGrowth())
                    .setDevice(k.device());
            k.threads()
                    .ifPresent(use -> b.setThreads(
                            SharedOut.newBuilder().setLoops(use.loops()).addAllJoined(use.joined())));
        }
        run.handovers()
                .forEach(h -> t.addHandovers(HandedOver.newBuilder()
                        .setTensor(h.tensor())
                        .setFrom(h.from())
                        .setTo(h.to())
                        .setBytes(h.bytes())
                        .setStartNanos(h.start().toNanos())
                        .setNanos(h.took().toNanos())));
        return t;
    }

    static TracedRun unpack(Traced t) {
        List<KernelEvent> kernels = t.getKernelsList().stream()
                .map(k -> new KernelEvent(
                        k.getNode(),
                        k.getOp(),
                        k.getProvider(),
                        Duration.ofNanos(k.getStartNanos()),
                        Duration.ofNanos(k.getNanos()),
                        k.getThread(),
                        k.getInputs(),
                        k.getOutputs(),
                        k.getActivationBytes(),
                        k.getOutputBytes(),
                        k.getArenaBytes(),
                        k.getArenaPeakBytes(),
                        k.getAskedBytes(),
                        k.getAskedGrowth(),
                        k.getDevice(),
                        k.hasThreads()
                                ? Optional.of(new ThreadUse(
                                        k.getThreads().getLoops(),
                                        k.getThreads().getJoinedList()))
                                : Optional.empty()))
                .toList();
        List<Handover> handovers = t.getHandoversList().stream()
                .map(h -> new Handover(
                        h.getTensor(),
                        h.getFrom(),
                        h.getTo(),
                        h.getBytes(),
                        Duration.ofNanos(h.getStartNanos()),
                        Duration.ofNanos(h.getNanos())))
                .toList();
        return new TracedRun(kernels, Duration.ofNanos(t.getRunNanos()), handovers);
    }
}
