package dev.lathe.profile.insight;

import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.RunConditions.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Other things that went on while the model ran: run times that scatter or drift, other programs on its cores, time
/// that a virtual machine's host took.
public final class NoisyMachine implements InsightRule {
    /// p90 ÷ p50 on a quiet machine is some percent.
    private static final double SCATTER = 1.2;

    /// Medians of the first and the last third of the runs.
    private static final double DRIFT = 0.1;

    /// Half of one core: what paints a window and answers the system is less.
    private static final double OTHERS = 0.5;

    /// Part of the cores' time that the host took for others.
    private static final double STOLEN = 0.03;

    /// So many runs a third, for its median to mean something.
    private static final int THIRD = 10;

    @Override
    public String id() {
        return "noisy-machine";
    }

    @Override
    public String title() {
        return "a noisy machine";
    }

    @Override
    public Verdict check(RunFacts facts) {
        LatencyStats latency = facts.run().latency();
        List<String> signs = new ArrayList<>();
        if (latency.runs() < LatencyStats.ENOUGH) {
            return new Verdict.NotChecked(Words.count(latency.runs(), "run") + (latency.runs() == 1 ? " says" : " say")
                    + " nothing about how much runs differ: run longer");
        }
        double scatter = ratio(latency.p90(), latency.p50());
        if (scatter > SCATTER) {
            signs.add(Words.text(
                    "one run in ten took more than %s times the median (p90 %s, p50 %s)",
                    Words.number(scatter), Words.time(latency.p90()), Words.time(latency.p50())));
        }
        double drift = drift(facts.run().runTimes());
        if (Math.abs(drift) > DRIFT) {
            signs.add(Words.text(
                    "the last third of the runs took %s %s than the first",
                    Words.percent(Math.abs(drift)), drift > 0 ? "longer" : "less"));
        }
        String load = "";
        if (facts.run().conditions().load()
                instanceof Load.Seen(int cores, double model, double others, double stolen)) {
            load = Words.text("; of %d cores the model used %.2f and other programs %.2f", cores, model, others);
            if (others > OTHERS && others + model > cores - OTHERS) {
                signs.add(Words.text(
                        "other programs used %.2f of the %d cores beside the model's %.2f", others, cores, model));
            }
            if (stolen > STOLEN * cores) {
                signs.add(Words.text("the virtual machine's host took %.2f of the %d cores", stolen, cores));
            }
        }
        if (signs.isEmpty()) {
            return new Verdict.Clean(
                    Words.text("p90 is %s times p50 over %d runs%s", Words.number(scatter), latency.runs(), load));
        }
        String all = String.join("; ", signs);
        return Verdict.found(Finding.caution(
                id(),
                "The machine was not quiet",
                Character.toUpperCase(all.charAt(0)) + all.substring(1)
                        + ". Differences smaller than that are not the model's.",
                Remedy.command(
                        "Run when nothing else does, or longer, and compare medians.",
                        facts.again(
                                "--runs " + Math.clamp(4L * latency.runs(), 200, Math.max(2000, latency.runs()))))));
    }

    /// How much longer the last third's median is than the first's, as a part of it; 0 for too few runs.
    private static double drift(List<Duration> runs) {
        int third = runs.size() / 3;
        if (third < THIRD) {
            return 0;
        }
        return ratio(median(runs.subList(runs.size() - third, runs.size())), median(runs.subList(0, third))) - 1;
    }

    private static Duration median(List<Duration> runs) {
        return runs.stream().sorted().skip(runs.size() / 2).findFirst().orElse(Duration.ZERO);
    }

    private static double ratio(Duration a, Duration b) {
        return b.isZero() ? 1 : (double) a.toNanos() / b.toNanos();
    }
}
