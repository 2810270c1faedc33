package dev.lathe.profile.insight;

import dev.lathe.profile.RunConditions;
import dev.lathe.profile.RunConditions.Frequency;
import java.util.OptionalLong;

/// The processor's clock changed while the model ran, or heat slowed it: then the first and the last runs are not of
/// the same machine.
public final class FrequencyChange implements InsightRule {
    /// A clock goes up and down by steps of some percent by itself.
    private static final double CHANGED = 0.1;

    @Override
    public String id() {
        return "frequency-change";
    }

    @Override
    public String title() {
        return "changes of the processor's clock, and heat";
    }

    @Override
    public Verdict check(RunFacts facts) {
        RunConditions conditions = facts.run().conditions();
        OptionalLong hot = conditions.tooHot();
        if (hot.isPresent() && hot.getAsLong() > 0) {
            return Verdict.found(Finding.caution(
                    id(),
                    "The processor got too hot",
                    "It slowed its cores " + Words.count(hot.getAsLong(), "time")
                            + " during the run because of their temperature"
                            + (conditions.frequency() instanceof Frequency.Seen s
                                    ? ", to " + gigahertz(s.atLast().value())
                                    : "")
                            + ".",
                    REMEDY));
        }
        return switch (conditions.frequency()) {
            case Frequency.Unknown(String why) -> new Verdict.NotChecked(why);
            case Frequency.Seen s -> {
                double change = s.atLast().value() / s.atFirst().value() - 1;
                if (Math.abs(change) < CHANGED) {
                    yield new Verdict.Clean(Words.text(
                            "the clock stayed at %s (%d samples)",
                            gigahertz(s.atLast().value()), s.samples()));
                }
                yield Verdict.found(Finding.caution(
                        id(),
                        Words.text(
                                "The clock went %s by %s during the run",
                                change < 0 ? "down" : "up", Words.percent(Math.abs(change))),
                        Words.text(
                                "The fastest core ran at %s in the first third of the run and at %s in the last (highest %s,"
                                        + " %d samples): %s.",
                                gigahertz(s.atFirst().value()),
                                gigahertz(s.atLast().value()),
                                gigahertz(s.highest().value()),
                                s.samples(),
                                change < 0
                                        ? "early runs were faster than the machine can keep up"
                                        : "early runs were slower than the machine is"),
                        change < 0 ? REMEDY : Remedy.byHand("Warm up longer (--warmup).")));
            }
        };
    }

    private static final Remedy REMEDY = Remedy.byHand(
            "Run longer and take the later runs, cool the machine, or fix its clock below the highest one.");

    private static String gigahertz(double hertz) {
        return Words.text("%.2f GHz", hertz / 1e9);
    }
}
