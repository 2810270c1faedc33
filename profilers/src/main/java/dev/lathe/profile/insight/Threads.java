package dev.lathe.profile.insight;

import dev.lathe.profile.RunConditions;
import dev.lathe.profile.sweep.SweepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Threads that hurt: another number was measured to be faster, there are more than cores that can be at work, or a
/// container's limit held them back.
public final class Threads implements InsightRule {
    /// Two measurements of one model differ by less.
    private static final double CLEARLY = 0.05;

    /// So much of the time held back is no accident of one period.
    private static final double HELD = 0.02;

    private static final String ID = "threads";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "threads that hurt";
    }

    @Override
    public Verdict check(RunFacts facts) {
        List<Finding> found = new ArrayList<>();
        quicker(facts).ifPresent(found::add);
        tooMany(facts).ifPresent(found::add);
        int threads = facts.run().plan().target().threads();
        boolean others = facts.tried().stream().anyMatch(m -> m.point().threads() != threads);
        if (found.isEmpty() && !others && threads > 1) {
            return new Verdict.NotChecked(
                    "no other number of threads was measured (lathe run --sweep threads=1.." + threads + ")");
        }
        return Verdict.of(
                found,
                others
                        ? threads + " threads are as fast as any other number that was measured"
                        : "one thread does not get in its own way");
    }

    private Optional<Finding> quicker(RunFacts facts) {
        List<SweepResult.Measured> same = facts.tried().stream()
                .filter(m -> m.point().dims().equals(facts.run().plan().dims()))
                .filter(m -> m.point().streams() == facts.run().plan().streams())
                .toList();
        return quicker(
                same,
                facts.run().plan().target().threads(),
                Optional.of(facts.run().latency().p50()),
                facts::again);
    }

    /// What a sweep says that varied the threads: where, at equal sizes, the usual number was clearly not the quickest,
    /// the case that wins most.
    ///
    /// @param usual what a run takes that asks for no number
    /// @param again the command line that measures the same model in the same way with the options that it is given
    public static Optional<Finding> inSweep(List<SweepResult.Measured> points, int usual, UnaryOperator<String> again) {
        // With several runs in flight threads are a matter of those.
        return points.stream()
                .filter(m -> m.point().streams() == 1)
                .collect(Collectors.groupingBy(m -> m.point().dims()))
                .values()
                .stream()
                .flatMap(same -> {
                    int most = same.stream()
                            .mapToInt(m -> m.point().threads())
                            .max()
                            .orElse(usual);
                    boolean known = same.stream().anyMatch(m -> m.point().threads() == usual);
                    return quicker(same, known ? usual : most, Optional.empty(), again).stream();
                })
                .min(Finding.BY_WEIGHT);
    }

    /// @param otherwise the median with this number of threads, where the sweep did not measure it
    private static Optional<Finding> quicker(
            List<SweepResult.Measured> same, int threads, Optional<Duration> otherwise, UnaryOperator<String> again) {
        Optional<SweepResult.Measured> best = same.stream().min(Comparator.comparing(SweepResult.Measured::p50));
        // The same number in the same sweep is the fairer comparison: it was measured in the same way.
        Optional<SweepResult.Measured> atHand =
                same.stream().filter(m -> m.point().threads() == threads).findFirst();
        Optional<Duration> here = atHand.map(SweepResult.Measured::p50).or(() -> otherwise);
        if (best.isEmpty()
                || here.isEmpty()
                || here.get().isZero()
                || best.get().point().threads() == threads) {
            return Optional.empty();
        }
        Duration gain = here.get().minus(best.get().p50());
        double part = (double) gain.toNanos() / here.get().toNanos();
        if (part < CLEARLY) {
            return Optional.empty();
        }
        boolean sure =
                best.get().steady() && atHand.map(SweepResult.Measured::steady).orElse(true);
        int better = best.get().point().threads();
        String it = Words.count(better, "thread");
        return Optional.of(Finding.gaining(
                ID,
                it + (better == 1 ? " is" : " are") + " faster than " + threads,
                "The median run takes " + Words.time(best.get().p50()) + " with " + it + " and "
                        + Words.time(here.get())
                        + " with " + threads
                        + (better < threads
                                ? ": more threads wait for each other longer than they compute."
                                : ": there is work for more threads.")
                        + (sure ? "" : " These medians are of few or unsteady runs: measure with more to be sure."),
                Remedy.threads("Run with " + it + ".", better, again.apply("--threads " + better)),
                List.of(),
                new Gain(gain, part, sure ? Gain.Kind.MEASURED : Gain.Kind.ESTIMATE)));
    }

    private Optional<Finding> tooMany(RunFacts facts) {
        int threads = facts.run().plan().target().threads();
        double usable = facts.allowance()
                .usable(facts.run().plan().target().device().cores().size());
        RunConditions conditions = facts.run().conditions();
        OptionalDouble held = conditions.heldBack();
        boolean heldBack = held.isPresent() && held.getAsDouble() >= HELD;
        if (threads <= Math.max(1, Math.ceil(usable)) && !heldBack) {
            return Optional.empty();
        }
        int fewer = Math.max(1, (int) Math.floor(usable));
        if (fewer >= threads) {
            // Fewer threads would be held back less; a core's worth less is what there is to try.
            fewer = Math.max(1, threads - 1);
        }
        String limit = facts.allowance().coreLimit().isPresent()
                ? " (the container allows "
                        + Words.number(facts.allowance().coreLimit().getAsDouble()) + " cores)"
                : "";
        String why = heldBack
                ? "The container's limit stopped threads for " + Words.percent(held.getAsDouble())
                        + " of the time that the run took" + limit + "."
                : Words.number(usable) + " cores can be at work at once" + limit + ": the other threads wait, and the"
                        + " rest wait for them at the end of each layer.";
        return Optional.of(Finding.open(
                id(),
                Finding.Severity.MEDIUM,
                threads + " threads on " + Words.number(usable) + (usable == 1 ? " core" : " cores"),
                why,
                Remedy.threads("Measure with fewer threads.", fewer, facts.again("--threads " + fewer)),
                List.of()));
    }
}
