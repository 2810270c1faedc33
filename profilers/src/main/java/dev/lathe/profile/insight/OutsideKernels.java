package dev.lathe.profile.insight;

import dev.lathe.profile.OutsideLayers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Time of a run in which no kernel is at work: what the runtime needs between them. A small batch on a model of many
/// small layers consists of it.
public final class OutsideKernels implements InsightRule {
    /// Of a run on well-filled kernels a few percent lie between them.
    private static final double MUCH = 0.15;

    @Override
    public String id() {
        return "outside-kernels";
    }

    @Override
    public String title() {
        return "time outside the kernels";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        return switch (OutsideLayers.of(facts.run())) {
            case OutsideLayers.NotTold n -> new Verdict.NotChecked("the engine does not tell what its layers cost");
            case OutsideLayers.Unsteady u ->
                new Verdict.NotChecked("the machine was too unsteady to tell the runtime's own time");
            case OutsideLayers.Runtime(Duration time) -> runtime(facts, time);
        };
    }

    private Verdict runtime(RunFacts facts, Duration time) {
        double part = facts.part(time);
        int kernels = facts.kernels().size();
        if (part < MUCH || kernels == 0) {
            return new Verdict.Clean(
                    Words.text("%s of a run lies outside its %d kernels", Words.percent(part), kernels));
        }
        Optional<String> dim = Batch.freeDim(facts);
        return Verdict.found(Finding.gaining(
                id(),
                Words.percent(part) + " of a run is outside its kernels",
                Words.text(
                        "%s of each run go into starting and ending it and into what lies between %s, %s for each.",
                        Words.time(time),
                        Words.count(kernels, "kernel"),
                        Words.time(time.dividedBy(Math.max(1, kernels)))),
                dim.map(d -> Remedy.command(
                                "A larger batch pays that once for several inputs: measure it.", Batch.sweep(facts, d)))
                        .orElse(Remedy.byHand("Larger inputs, or several at once, pay that once; so do fewer layers.")),
                List.of(),
                facts.gain(time, Gain.Kind.AT_MOST)));
    }
}
