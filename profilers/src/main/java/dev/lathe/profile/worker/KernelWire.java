package dev.lathe.profile.worker;

import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.worker.wire.Kernel;
import dev.lathe.profile.worker.wire.Traced;
import java.time.Duration;
import java.util.List;

/// The kernels of a profiled run on their way between the processes.
final class KernelWire {
    private KernelWire() {}

    static Traced pack(List<KernelEvent> kernels, long wallNanos) {
        Traced.Builder t = Traced.newBuilder().setWallNanos(wallNanos);
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
                    .setArenaBytes(k.arenaInUseBytes())
                    .setArenaPeakBytes(k.arenaPeakBytes()));
        }
        return t.build();
    }

    static List<KernelEvent> unpack(Traced t) {
        return t.getKernelsList().stream()
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
                        k.getArenaPeakBytes()))
                .toList();
    }
}
