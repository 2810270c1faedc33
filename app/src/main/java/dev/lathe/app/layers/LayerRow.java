package dev.lathe.app.layers;

import dev.lathe.app.project.DeviceWords;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.LayerMemory;
import dev.lathe.profile.ThreadShares;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// One row of the table: a layer with all its nodes (or a single node), what it costs by definition and, once it ran,
/// what it took.
///
/// `position` counts from 1 in order of execution. `head` is the node it stands for. `ops` are its operators, the
/// head's first. `flops` and `weightBytes` are empty where unknown, `ceilingShare` ([CeilingShares]) where no ceiling
/// is.
public record LayerRow(
        int position,
        Optional<NodeId> head,
        List<NodeId> nodes,
        String layer,
        List<String> ops,
        String output,
        OptionalLong flops,
        OptionalLong weightBytes,
        Optional<Timing> timing,
        OptionalDouble ceilingShare) {

    /// `time` is the typical one, which adds up to the median run. `p90` of several nodes is the sum of theirs,
    /// so the true one is at most that: `p90IsBound`. `share` in 0…1 of the whole run; `shared` when some kernel's
    /// time is split with other layers, `estimate` when most of the time is one
    /// ([dev.lathe.profile.OpStats#estimate()]). `threads` are those that took part in its costliest node,
    /// empty where the engine does not tell. `memory` is what all of them read and write, and the most that
    /// is held.
    public record Timing(
            Duration time,
            Duration p90,
            boolean p90IsBound,
            double share,
            List<String> devices,
            List<String> providers,
            List<String> kernels,
            boolean shared,
            boolean estimate,
            Optional<ThreadShares> threads,
            LayerMemory memory) {
        public Timing {
            devices = List.copyOf(devices);
            providers = List.copyOf(providers);
            kernels = List.copyOf(kernels);
        }
    }

    public LayerRow {
        nodes = List.copyOf(nodes);
        ops = List.copyOf(ops);
    }

    public String op() {
        return ops.isEmpty() ? "" : ops.getFirst();
    }

    public double share() {
        return timing.map(Timing::share).orElse(0.0);
    }

    /// Work per time in FLOP/s; empty before a run, for work of zero, and for a layer that the engine removed.
    public OptionalDouble rate() {
        if (timing.isEmpty() || flops.isEmpty() || flops.getAsLong() == 0) {
            return OptionalDouble.empty();
        }
        long nanos = timing.get().time().toNanos();
        return nanos == 0 ? OptionalDouble.empty() : OptionalDouble.of(flops.getAsLong() * 1e9 / nanos);
    }

    LayerMemory memory() {
        return timing.map(Timing::memory).orElse(LayerMemory.UNKNOWN);
    }

    /// Activations read and outputs written in one run, in bytes; empty where the engine does not tell.
    public OptionalLong movedBytes() {
        OptionalLong read = memory().read();
        OptionalLong written = memory().written();
        return read.isPresent() && written.isPresent()
                ? OptionalLong.of(read.getAsLong() + written.getAsLong())
                : OptionalLong.empty();
    }

    /// The most that the arena held for tensors when a kernel of it ended; empty where the engine does not tell.
    public OptionalLong heldBytes() {
        return memory().held();
    }

    public OptionalLong nanos() {
        return timing.isPresent() ? OptionalLong.of(timing.get().time().toNanos()) : OptionalLong.empty();
    }

    public OptionalLong p90Nanos() {
        return timing.isPresent() ? OptionalLong.of(timing.get().p90().toNanos()) : OptionalLong.empty();
    }

    /// Whether the time is one that is shown with a ~.
    public boolean estimate() {
        return timing.filter(Timing::estimate).isPresent();
    }

    /// The engine's kernels that ran this layer; `(part)` when such a kernel covers other layers too.
    public String kernels() {
        return timing.map(t -> t.kernels().isEmpty()
                        ? "removed by the engine"
                        : String.join(" + ", t.kernels()) + (t.shared() ? " (part)" : ""))
                .orElse("");
    }

    /// The devices that its nodes ran on, in words.
    public String deviceNames() {
        return timing.map(t -> t.devices().stream().map(DeviceWords::of).collect(Collectors.joining(", ")))
                .orElse("");
    }

    /// Ids of the devices that its nodes ran on.
    public String devices() {
        return timing.map(t -> String.join(", ", t.devices())).orElse("");
    }

    public String providers() {
        return timing.map(t -> String.join(", ", t.providers())).orElse("");
    }

    boolean matches(String lowerCaseWords) {
        String text = (layer + ' ' + String.join(" ", ops)).toLowerCase(Locale.ROOT);
        for (String word : lowerCaseWords.split("\\s+")) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
