package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Many kernels that are over before they have begun: calling each costs more than what it computes.
public final class TinyLayers implements InsightRule {
    /// A call of a kernel takes the runtime 1 to 4 µs, whatever it computes.
    private static final Duration TINY = Duration.ofNanos(5_000);

    private static final double MUCH = 0.15;

    /// Fewer cannot be made much fewer.
    private static final int MANY = 20;

    @Override
    public String id() {
        return "tiny-layers";
    }

    @Override
    public String title() {
        return "layers too small to be worth a kernel";
    }

    @Override
    public Verdict check(RunFacts facts) {
        Optional<String> missing = facts.withoutKernels();
        if (missing.isPresent()) {
            return new Verdict.NotChecked(missing.get());
        }
        List<KernelCost> tiny = facts.kernels().stream()
                .filter(k -> k.perRun().compareTo(TINY) < 0)
                .toList();
        Duration time = Kernels.time(tiny);
        if (facts.part(time) < MUCH || tiny.size() < MANY) {
            return new Verdict.Clean(Words.text(
                    "%d of %d kernels take less than %s, together %s of the run",
                    tiny.size(), facts.kernels().size(), Words.time(TINY), Words.percent(facts.part(time))));
        }
        List<NodeId> places = Kernels.layers(facts, tiny);
        // The shortest does next to nothing: what it takes is what any call does. Of layers, whose times are means of
        // many
        // runs: the engine's clock counts whole microseconds.
        Duration call = tiny.stream()
                .filter(k -> k.layers().size() == 1)
                .map(k -> facts.time(k.layers().getFirst()))
                .filter(d -> !d.isZero())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration calls = call.multipliedBy(tiny.size());
        String advice = "Fewer and larger layers: one operator in place of many (LSTM, LayerNormalization, Gelu), and a"
                + " larger batch or input, which gives each more to do.";
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(tiny.size(), "kernel") + " take less than " + Words.time(TINY) + " each",
                Words.text(
                        "That is %s of the model's %d kernels, and %s of each run: %s. The shortest takes %s, which is what"
                                + " calling a kernel costs: %s for all of them.",
                        Words.percent((double) tiny.size() / facts.kernels().size()),
                        facts.kernels().size(),
                        Words.time(time),
                        Words.operators(places.stream()
                                .flatMap(id -> facts.node(id).stream())
                                .toList()),
                        Words.time(call),
                        Words.time(calls)),
                Batch.freeDim(facts)
                        .map(d -> Remedy.command(advice, Batch.sweep(facts, d)))
                        .orElse(Remedy.byHand(advice)),
                places,
                facts.gain(calls.compareTo(time) < 0 ? calls : time, Gain.Kind.AT_MOST)));
    }
}
