package dev.lathe.profile.insight;

import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.List;

/// Layers that reach far less of the device's ceilings than the best layers of the same run do.
public final class FarFromCeiling implements InsightRule {
    static final String NO_CEILINGS =
            "the ceilings of this device were not measured with these threads (lathe devices --measure, or the Roofline tab)";

    /// Below this part of the ceiling a layer is far from it …
    private static final double FAR = 0.25;

    /// … if another of the run reaches at least twice as much of it: else it is the engine or the machine, not the
    /// layer.
    private static final double TIMES_BETTER = 2;

    /// Of a shorter layer the time is mostly what any call of a kernel takes, and says nothing about its arithmetic.
    private static final Duration LONG_ENOUGH = Duration.ofNanos(20_000);

    private static final double LEAST_PART = 0.05;

    @Override
    public String id() {
        return "far-from-ceiling";
    }

    @Override
    public String title() {
        return "layers far below the ceiling";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        if (facts.roof().isEmpty()) {
            return new Verdict.NotChecked(NO_CEILINGS);
        }
        List<LayerBound> all = LayerBound.all(facts, facts.roof().get()).stream()
                .filter(l -> l.quickest().compareTo(LONG_ENOUGH) >= 0)
                .toList();
        double best = Math.min(
                1, all.stream().mapToDouble(LayerBound::reachedAtBest).max().orElse(0));
        List<LayerBound> far = all.stream()
                .filter(l -> l.reachedAtBest() < FAR && l.reachedAtBest() * TIMES_BETTER < best)
                .toList();
        // What only a busy machine took from a layer is no fault of the layer.
        Duration took = far.stream().map(LayerBound::quickest).reduce(Duration.ZERO, Duration::plus);
        if (facts.part(took) < LEAST_PART) {
            return new Verdict.Clean(Words.text(
                    "of %d layers of %s or more those far below the ceiling take %s of the run",
                    all.size(), Words.time(LONG_ENOUGH), Words.percent(facts.part(took))));
        }
        double least = far.stream().mapToLong(l -> l.least().toNanos()).sum();
        List<NodeId> places = facts.byTime(far.stream().map(l -> l.node().id()).toList());
        Duration gain = Duration.ofNanos(Math.round(took.toNanos() - least / best));
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(far.size(), "layer") + (far.size() == 1 ? " is" : " are") + " far below the ceiling",
                Words.text(
                        "%s: %s at best, %s of what this device gives at most; the best layer of this run reaches %s.%s%s",
                        facts.names(places),
                        Words.time(took),
                        Words.percent(least / took.toNanos()),
                        Words.percent(best),
                        far.size() == 1
                                ? ""
                                : " They are "
                                        + Words.operators(far.stream()
                                                .map(LayerBound::node)
                                                .toList())
                                        + ".",
                        why(far)),
                Remedy.byHand("Give each call more work: a larger batch or input, fewer and wider layers. If another"
                        + " number of threads helps, a sweep tells."),
                places,
                facts.gain(gain, Gain.Kind.AT_MOST)));
    }

    private static String why(List<LayerBound> far) {
        long grouped = far.stream()
                .map(LayerBound::node)
                .filter(FarFromCeiling::isGrouped)
                .count();
        long steps = far.stream()
                .filter(l -> l.node().op().equals("LSTM")
                        || l.node().op().equals("GRU")
                        || l.node().op().equals("RNN"))
                .count();
        if (grouped > 0) {
            return " " + grouped + (grouped == 1 ? " convolves" : " convolve")
                    + " in groups: each channel is used too seldom to fill the processor's vectors.";
        }
        return steps > 0 ? " Recurrent layers go step by step: little of each step can be done at once." : "";
    }

    private static boolean isGrouped(Node n) {
        return n.op().equals("Conv") && n.attrs().intOr("group", 1) > 1;
    }
}
