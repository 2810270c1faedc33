package dev.lathe.profile;

import dev.lathe.profile.engine.KernelEvent;
import java.util.OptionalLong;

/// What a layer's kernels read, write and find held, in bytes of one run; −1 where the engine does not tell. Of a
/// kernel that covers several layers each has its part of what is read and written. A kernel that runs several
/// times in a run counts each time.
///
/// @param activationBytes read: inputs that are no weights
/// @param outputBytes written
/// @param arenaBytes the most that tensors held in the engine's arena when a kernel of the layer ended, in the
/// session's
///     first run: from the second on the engine reserves one block for all of them ahead
public record LayerMemory(double activationBytes, double outputBytes, long arenaBytes) {
    public static final LayerMemory UNKNOWN = new LayerMemory(-1, -1, -1);
    static final LayerMemory NOTHING = new LayerMemory(0, 0, -1);

    /// What it reads; empty where it is not known.
    public OptionalLong read() {
        return known(activationBytes);
    }

    public OptionalLong written() {
        return known(outputBytes);
    }

    public OptionalLong held() {
        return known(arenaBytes);
    }

    private static OptionalLong known(double bytes) {
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(bytes));
    }

    /// With a part of what this kernel reads and writes.
    LayerMemory with(KernelEvent kernel, double part) {
        return new LayerMemory(
                sum(activationBytes, part, kernel.activationBytes()),
                sum(outputBytes, part, kernel.outputBytes()),
                arenaBytes);
    }

    LayerMemory held(long bytes) {
        return new LayerMemory(activationBytes, outputBytes, Math.max(arenaBytes, bytes));
    }

    /// Of both layers: what they read and write together, and the most that is held.
    public LayerMemory and(LayerMemory other) {
        return new LayerMemory(
                sum(activationBytes, 1, other.activationBytes),
                sum(outputBytes, 1, other.outputBytes),
                Math.max(arenaBytes, other.arenaBytes));
    }

    private static double sum(double so, double part, double more) {
        return so < 0 || more < 0 ? -1 : so + part * more;
    }
}
