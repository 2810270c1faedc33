package dev.lathe.profile.engine;

import java.time.Duration;
import java.util.Optional;

/// One kernel execution in a profiled run. `node` is the engine's name of the (possibly fused) node; `start`
/// counts from the start of the run; `thread` is the engine's thread number. `arenaInUseBytes` is what the
/// arena had given out when the kernel ended, `arenaPeakBytes` the most that it had since the session began.
/// `askedBytes` is what of it was asked for, without the arena's rounding and padding, and `askedGrowth` by how much
/// that grew while the kernel ran, unknown where `askedBytes` is.
/// Byte figures are −1 where the engine does not tell. Where `thread` is [#DEVICE] the times are those of the device's
/// own queue. `device` is the id of the device that it ran on, empty where nobody has said yet: the engine knows its
/// provider only. `threads` is how the engine's threads shared its work, empty where that is not told or no matter.
public record KernelEvent(
        String node,
        String op,
        String provider,
        Duration start,
        Duration duration,
        long thread,
        String inputShapes,
        String outputShapes,
        long activationBytes,
        long outputBytes,
        long arenaInUseBytes,
        long arenaPeakBytes,
        long askedBytes,
        long askedGrowth,
        String device,
        Optional<ThreadUse> threads) {
    /// No thread: a device's queue.
    public static final long DEVICE = -1;

    /// Of an engine that does not tell what was asked for.
    public KernelEvent(
            String node,
            String op,
            String provider,
            Duration start,
            Duration duration,
            long thread,
            String inputShapes,
            String outputShapes,
            long activationBytes,
            long outputBytes,
            long arenaInUseBytes,
            long arenaPeakBytes) {
        this(
                node,
                op,
                provider,
                start,
                duration,
                thread,
                inputShapes,
                outputShapes,
                activationBytes,
                outputBytes,
                arenaInUseBytes,
                arenaPeakBytes,
                -1,
                0,
                "",
                Optional.empty());
    }

    /// Of an engine that says where it runs by its provider.
    public KernelEvent(
            String node,
            String op,
            String provider,
            Duration start,
            Duration duration,
            long thread,
            String inputShapes,
            String outputShapes,
            long activationBytes,
            long outputBytes,
            long arenaInUseBytes,
            long arenaPeakBytes,
            long askedBytes,
            long askedGrowth) {
        this(
                node,
                op,
                provider,
                start,
                duration,
                thread,
                inputShapes,
                outputShapes,
                activationBytes,
                outputBytes,
                arenaInUseBytes,
                arenaPeakBytes,
                askedBytes,
                askedGrowth,
                "",
                Optional.empty());
    }

    /// The same with the times that the device took.
    public KernelEvent onDevice(Duration began, Duration took) {
        return new KernelEvent(
                node,
                op,
                provider,
                began,
                took,
                DEVICE,
                inputShapes,
                outputShapes,
                activationBytes,
                outputBytes,
                arenaInUseBytes,
                arenaPeakBytes,
                askedBytes,
                askedGrowth,
                device,
                Optional.empty());
    }

    /// The same with the device that it ran on.
    public KernelEvent on(String id) {
        return new KernelEvent(
                node,
                op,
                provider,
                start,
                duration,
                thread,
                inputShapes,
                outputShapes,
                activationBytes,
                outputBytes,
                arenaInUseBytes,
                arenaPeakBytes,
                askedBytes,
                askedGrowth,
                id,
                threads);
    }

    /// The same with how threads shared its work.
    public KernelEvent by(Optional<ThreadUse> use) {
        return new KernelEvent(
                node,
                op,
                provider,
                start,
                duration,
                thread,
                inputShapes,
                outputShapes,
                activationBytes,
                outputBytes,
                arenaInUseBytes,
                arenaPeakBytes,
                askedBytes,
                askedGrowth,
                device,
                use);
    }
}
