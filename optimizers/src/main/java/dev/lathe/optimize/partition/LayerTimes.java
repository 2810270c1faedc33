package dev.lathe.optimize.partition;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.input.InputShape;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long each node of the main graph takes on `threads` threads. `measured` is false when it is an estimate
/// from the operators' definitions.
public record LayerTimes(Map<NodeId, Duration> times, int threads, boolean measured) {
    /// What one core with AVX-512 does with float32 in practice (MiniLM's 2.8 GFLOP took 19 ms); where to cut
    /// depends only on the ratios between layers.
    private static final double FLOP_PER_SECOND = 1.5e11;

    private static final double BYTES_PER_SECOND = 8e9;

    /// What calling any kernel costs.
    private static final long CALL_NANOS = 2_000;

    /// The part of a run that more threads do not shorten: two threads were 1.54 times as fast as one on MiniLM.
    private static final double SERIAL = 0.3;

    public LayerTimes {
        times = Map.copyOf(times);
    }

    /// Measured times; a node that is missing took none (the engine folded or fused it away).
    public static LayerTimes measured(Map<NodeId, Duration> times, int threads) {
        return new LayerTimes(times, threads, true);
    }

    /// The same layers in a run that took `whole`: what the runtime needs between them is shared out over them, as
    /// they will be run by a runtime again. Layers that took longer than the run stay as they are.
    public LayerTimes within(Duration whole) {
        double sum = times.values().stream().mapToDouble(Duration::toNanos).sum();
        double factor = sum > 0 ? Math.max(1, whole.toNanos() / sum) : 1;
        Map<NodeId, Duration> longer = new HashMap<>();
        times.forEach((id, time) -> longer.put(id, Duration.ofNanos(Math.round(time.toNanos() * factor))));
        return new LayerTimes(longer, threads, measured);
    }

    /// Estimated: the longer of computing and moving bytes, and the call.
    public static LayerTimes estimated(Analysis analysis) {
        Map<NodeId, Duration> times = new HashMap<>();
        for (Node n : analysis.model().graph().nodes()) {
            NodeCost cost = analysis.costs().of(n.id());
            double compute = amount(cost.flops(), analysis) / FLOP_PER_SECOND;
            double move =
                    (amount(cost.bytesRead(), analysis) + amount(cost.bytesWritten(), analysis)) / BYTES_PER_SECOND;
            times.put(n.id(), Duration.ofNanos(CALL_NANOS + Math.round(Math.max(compute, move) * 1e9)));
        }
        return new LayerTimes(times, 1, false);
    }

    private static double amount(Dim dim, Analysis analysis) {
        return InputShape.size(dim, analysis.dims().sizes())
                .map(v -> (double) v)
                .orElse(0.0);
    }

    Duration of(NodeId node) {
        return times.getOrDefault(node, Duration.ZERO);
    }

    /// By how much these times are to be multiplied on a device, whose threads are its cores (Amdahl's law).
    double factor(Device device) {
        return onThreads(Math.max(1, device.cores().size())) / onThreads(threads);
    }

    private static double onThreads(int threads) {
        return SERIAL + (1 - SERIAL) / threads;
    }
}
