package dev.lathe.profile.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.LatheException;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.profile.RunConditions;
import dev.lathe.profile.device.Allowance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Rules over the machine that a model ran on, and over the threads that it ran with.
class MachineRulesTest {
    private static FabricatedRun run() throws LatheException {
        return new FabricatedRun("""
                graph g (x: float32[1, 64]) -> (y: float32[1, 64]) {
                  y = Relu(x) as bend
                }
                """).layer("bend", 1000);
    }

    private static List<Finding> found(InsightRule rule, FabricatedRun run) {
        return rule.check(run.facts()) instanceof Verdict.Found(List<Finding> f) ? f : List.of();
    }

    private static RunConditions load(double model, double others, double stolen) {
        return new RunConditions(
                new RunConditions.Load.Seen(2, model, others, stolen),
                new RunConditions.Frequency.Unknown("nothing tells"),
                OptionalDouble.empty(),
                "no container counts it",
                OptionalLong.empty());
    }

    private static RunConditions clock(double first, double last, OptionalLong tooHot) {
        return new RunConditions(
                new RunConditions.Load.Unknown("nothing tells"),
                new RunConditions.Frequency.Seen(
                        Quantity.of(first * 1e9, Unit.HERTZ),
                        Quantity.of(last * 1e9, Unit.HERTZ),
                        Quantity.of(Math.max(first, last) * 1e9, Unit.HERTZ),
                        30),
                OptionalDouble.empty(),
                "no container counts it",
                tooHot);
    }

    private static RunConditions heldBack(double part) {
        return new RunConditions(
                new RunConditions.Load.Unknown("nothing tells"),
                new RunConditions.Frequency.Unknown("nothing tells"),
                OptionalDouble.of(part),
                "",
                OptionalLong.empty());
    }

    @Test
    void runTimesThatScatterAreADoubtThatComesFirst() throws LatheException {
        List<Long> times = new ArrayList<>(Collections.nCopies(40, 1_000_000L));
        for (int i = 0; i < 40; i += 5) {
            times.set(i, 2_000_000L);
        }
        FabricatedRun noisy = run().runTimes(times).threads(4, 2);
        Finding f = found(new NoisyMachine(), noisy).getFirst();
        assertThat(f.severity()).isEqualTo(Finding.Severity.CAUTION);
        assertThat(f.explanation()).contains("2.00 times the median").contains("p90 2.00 ms, p50 1.00 ms");
        assertThat(Examination.of(noisy.facts()).foremost().getFirst().rule()).isEqualTo("noisy-machine");
        assertThat(found(new NoisyMachine(), run())).isEmpty();
    }

    @Test
    void runsThatGetSlowerAreTold() throws LatheException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            times.add(1_000_000L + (i < 60 ? 0 : 150_000L));
        }
        assertThat(found(new NoisyMachine(), run().runTimes(times)).getFirst().explanation())
                .contains("last third of the runs took 15 % longer");
    }

    @Test
    void otherProgramsCountOnlyWhereTheyLeaveTheModelTooFewCores() throws LatheException {
        Finding f = found(new NoisyMachine(), run().in(load(1.1, 0.8, 0))).getFirst();
        assertThat(f.explanation()).contains("0.80 of the 2 cores").contains("1.10");
        assertThat(found(new NoisyMachine(), run().in(load(0.9, 0.3, 0)))).isEmpty();
        assertThat(found(new NoisyMachine(), run().in(load(1.5, 0.1, 0.3)))
                        .getFirst()
                        .explanation())
                .contains("host took 0.30");
    }

    @Test
    void fewRunsSayNothingAboutNoise() throws LatheException {
        assertThat(new NoisyMachine().check(run().runTimes(List.of(1L, 5L, 9L)).facts()))
                .isInstanceOfSatisfying(
                        Verdict.NotChecked.class, n -> assertThat(n.why()).contains("3 runs say"));
    }

    @Test
    void aClockThatWentDownIsADoubtAndOneThatStayedIsNot() throws LatheException {
        Finding f = found(new FrequencyChange(), run().in(clock(3.6, 2.7, OptionalLong.empty())))
                .getFirst();
        assertThat(f.title()).isEqualTo("The clock went down by 25 % during the run");
        assertThat(f.explanation()).contains("3.60 GHz").contains("2.70 GHz").contains("30 samples");
        assertThat(found(new FrequencyChange(), run().in(clock(3.5, 3.6, OptionalLong.of(0)))))
                .isEmpty();
        assertThat(found(new FrequencyChange(), run().in(clock(3.5, 3.5, OptionalLong.of(4))))
                        .getFirst()
                        .explanation())
                .contains("4 times")
                .contains("temperature");
        assertThat(new FrequencyChange().check(run().facts())).isInstanceOf(Verdict.NotChecked.class);
    }

    @Test
    void anotherNumberOfThreadsThatWasMeasuredToBeFasterIsAMeasuredGain() throws LatheException {
        Finding f = found(new Threads(), run().threads(2, 2).tried(1, 600).tried(2, 1000))
                .getFirst();
        assertThat(f.title()).isEqualTo("1 thread is faster than 2");
        assertThat(f.gain().orElseThrow().text()).isEqualTo("400 µs a run (40 %; measured)");
        assertThat(f.remedy().commandLine()).contains("lathe run MODEL --threads 1");
        assertThat(found(new Threads(), run().threads(2, 2).tried(1, 980).tried(2, 1000)))
                .isEmpty();
        assertThat(new Threads().check(run().threads(2, 2).facts())).isInstanceOf(Verdict.NotChecked.class);
    }

    @Test
    void moreThreadsThanCoresThatCanBeAtWorkAreTold() throws LatheException {
        Allowance half = new Allowance(8, OptionalDouble.of(2), OptionalLong.empty());
        Finding f = found(new Threads(), run().threads(8, 8).allowed(half)).getFirst();
        assertThat(f.title()).isEqualTo("8 threads on 2.00 cores");
        assertThat(f.explanation()).contains("container allows 2.00 cores");
        assertThat(f.remedy().commandLine()).contains("lathe run MODEL --threads 2");
        assertThat(found(new Threads(), run().threads(2, 8).allowed(half).tried(1, 2000)))
                .isEmpty();
    }

    @Test
    void threadsThatAContainerHeldBackAreTold() throws LatheException {
        Finding f = found(new Threads(), run().threads(2, 2).in(heldBack(0.3))).getFirst();
        assertThat(f.explanation()).contains("30 % of the time");
        assertThat(found(new Threads(), run().threads(1, 2).in(heldBack(0.001))))
                .isEmpty();
    }

    @Test
    void aProcessNearTheLimitOfMemoryIsTold() throws LatheException {
        Allowance small = new Allowance(2, OptionalDouble.empty(), OptionalLong.of(1L << 30));
        Finding f = found(new MemoryNearLimit(), run().allowed(small).peak(900L << 20))
                .getFirst();
        assertThat(f.explanation()).contains("900 MiB of 1.00 GiB");
        assertThat(found(new MemoryNearLimit(), run().allowed(small).peak(300L << 20)))
                .isEmpty();
        assertThat(new MemoryNearLimit().check(run().facts())).isInstanceOf(Verdict.NotChecked.class);
    }
}
