package dev.lathe.profile.insight;

import dev.lathe.graph.DType;
import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Layers that wait for memory: they run close to the measured bandwidth, and their operations alone would take less.
public final class MemoryBound implements InsightRule {
    /// A layer that moves its bytes in at least this part of its time waits for them.
    private static final double CLOSE = 0.5;

    /// Quicker than its bytes can come from memory: they came from a cache, which no ceiling is measured of.
    private static final double CACHED = 1.15;

    /// Less of a run than this is nobody's bottleneck.
    private static final double LEAST_PART = 0.05;

    private static final Set<String> QUANTIZABLE = Set.of("MatMul", "Gemm");

    /// float32 → int8.
    private static final double SMALLER = 0.75;

    @Override
    public String id() {
        return "memory-bound";
    }

    @Override
    public String title() {
        return "layers that wait for memory";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        if (facts.roof().isEmpty()) {
            return new Verdict.NotChecked(FarFromCeiling.NO_CEILINGS);
        }
        List<LayerBound> all = LayerBound.all(facts, facts.roof().get());
        List<LayerBound> bound = all.stream()
                .filter(l -> l.memoryBound() && l.reached() >= CLOSE && l.reached() <= CACHED)
                .toList();
        Duration took = LayerBound.took(bound);
        if (facts.part(took) < LEAST_PART) {
            return new Verdict.Clean(Words.text(
                    "of %d layers of known cost those that run close to the memory's bandwidth take %s of the run",
                    all.size(), Words.percent(facts.part(took))));
        }
        double bytes = bound.stream().mapToLong(LayerBound::bytes).sum();
        double weights = bound.stream().mapToLong(LayerBound::weights).sum();
        List<LayerBound> smaller = bound.stream()
                .filter(l -> QUANTIZABLE.contains(l.node().op()) && l.dtype() == DType.FLOAT32 && l.weights() > 0)
                .toList();
        double saved = smaller.stream()
                .mapToDouble(l -> SMALLER * l.took().toNanos() * l.weights() / Math.max(1, l.bytes()))
                .sum();
        boolean quantize = saved / Math.max(1, took.toNanos()) > LEAST_PART;
        List<NodeId> places =
                facts.byTime(bound.stream().map(l -> l.node().id()).toList());
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(bound.size(), "layer") + (bound.size() == 1 ? " waits" : " wait") + " for memory",
                Words.text(
                        "%s: %s in %s, which is %sB/s of the %sB/s that this device reads at most; %s of the bytes are"
                                + " weights. Faster arithmetic wins nothing there.",
                        facts.names(places),
                        Words.bytes(bytes),
                        Words.time(took),
                        Words.giga(1e9 * bytes / took.toNanos()),
                        Words.giga(facts.roof().get().bandwidth().value()),
                        Words.percent(bytes == 0 ? 0 : weights / bytes)),
                quantize
                        ? Remedy.pass(
                                "Weights in 8 bits are a quarter of the bytes; a larger batch uses each byte more than once.",
                                "quantize-dynamic")
                        : Remedy.byHand(
                                "Move less: smaller types, layers that fuse with their neighbours, a larger batch"
                                        + " where weights are most of the bytes."),
                places,
                quantize
                        ? facts.gain(Duration.ofNanos(Math.round(saved)), Gain.Kind.ESTIMATE)
                        : facts.gain(took, Gain.Kind.AT_MOST)));
    }
}
