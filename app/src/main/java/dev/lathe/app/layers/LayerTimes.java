package dev.lathe.app.layers;

import dev.lathe.graph.NodeId;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.OutsideLayers;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// The newest per-layer measurement, from a finished run or from one that still goes on.
///
/// `outside` is what of a run no layer accounts for, `outsideTitle` what it is called: the runtime's only where the
/// profiled runs bear that out, `target` what it was run on. All times are typical ones, a layer's part of a run of the
/// median latency: these add
/// up, medians do not.
public record LayerTimes(
        Map<NodeId, OpStats> layers,
        Optional<Duration> outside,
        Optional<LatencyStats> latency,
        Duration layerSum,
        boolean running,
        String outsideTitle,
        Optional<RunTarget> target) {
    private static final String OUTSIDE = "outside the layers";

    public static final LayerTimes NONE = new LayerTimes(
            Map.of(), Optional.empty(), Optional.empty(), Duration.ZERO, false, OUTSIDE, Optional.empty());

    public LayerTimes {
        layers = Map.copyOf(layers);
    }

    public static LayerTimes of(ProfileRun run) {
        return new LayerTimes(
                run.layers(),
                Optional.of(run.outsideLayers()),
                Optional.of(run.latency()),
                sum(run.layers().values()),
                false,
                OutsideLayers.of(run).title(),
                Optional.of(run.plan().target()));
    }

    /// Of the graph as it ran: times of the engine's own nodes, which add up as the layers' do.
    public static LayerTimes of(ProfileRun run, Map<NodeId, OpStats> kernels) {
        Duration sum = sum(kernels.values());
        Duration outside = run.layerSum().compareTo(sum) > 0 ? run.layerSum().minus(sum) : Duration.ZERO;
        return new LayerTimes(
                kernels,
                Optional.of(outside),
                Optional.of(run.latency()),
                sum,
                false,
                "outside the kernels",
                Optional.of(run.plan().target()));
    }

    public static LayerTimes of(LiveSample sample) {
        return new LayerTimes(
                sample.layers(),
                sample.layers().isEmpty() ? Optional.empty() : Optional.of(sample.outsideLayers()),
                sample.soFar().runs() > 0 ? Optional.of(sample.soFar()) : Optional.empty(),
                sum(sample.layers().values()),
                true,
                OUTSIDE,
                Optional.empty());
    }

    /// The same of a run on this.
    public LayerTimes on(Optional<RunTarget> where) {
        return new LayerTimes(layers, outside, latency, layerSum, running, outsideTitle, where);
    }

    /// The id of the device that a measured layer ran on; empty where that is not known.
    public String device(NodeId node) {
        return of(node).filter(s -> !s.kernels().isEmpty())
                .map(s -> s.device().isEmpty()
                        ? target.map(t -> t.deviceOf(s.provider())).orElse("")
                        : s.device())
                .orElse("");
    }

    private static Duration sum(Collection<OpStats> layers) {
        return layers.stream().map(OpStats::typical).reduce(Duration.ZERO, Duration::plus);
    }

    public boolean measured() {
        return !layers.isEmpty();
    }

    public Optional<OpStats> of(NodeId node) {
        return Optional.ofNullable(layers.get(node));
    }

    /// Layers and what is outside them: what 100 % means.
    public Duration total() {
        return layerSum.plus(outside.orElse(Duration.ZERO));
    }

    /// `time` as a part of [#total], 0 when nothing was measured.
    public double share(Duration time) {
        long all = total().toNanos();
        return all == 0 ? 0 : (double) time.toNanos() / all;
    }

    /// Typical time of a layer, zero where it was not measured.
    public Duration time(NodeId node) {
        OpStats s = layers.get(node);
        return s == null ? Duration.ZERO : s.typical();
    }
}
