package dev.lathe.profile.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.LatheException;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every rule.
class InsightRuleContractTest {
    private static final String GRAPH = """
            graph g (x: float32[1, 64]) -> (z: float32[1, 64]) {
              c = Cast(x) {to = 10} as cast
              d = Cast(c) {to = 1} as back
              t = Transpose(d) as turn
              u = Transpose(t) as again
              r = Relu(u) as bend
              s = Relu(u) as bend2
              z = Add(r, s) as sum
            }
            """;

    static List<InsightRule> rules() {
        return Examination.rules();
    }

    private static FabricatedRun run() throws LatheException {
        FabricatedRun run = new FabricatedRun(GRAPH);
        for (String layer : List.of("cast", "back", "turn", "again", "bend", "bend2", "sum")) {
            run.layer(layer, 100);
        }
        return run.kernel("reorder", "ReorderInput", "CPUExecutionProvider", 100, "sum")
                .kernel("copy", "MemcpyToHost", "CPUExecutionProvider", 100, "sum")
                .on(DeviceKind.GPU)
                .level(SessionConfig.Level.BASIC)
                .threads(8, 2)
                .under(10, 100, 400)
                .tried(1, 100)
                .outside(200);
    }

    @Test
    void keysAndTitlesAreThereOnceEach() {
        assertThat(rules()).extracting(InsightRule::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z-]+"));
        assertThat(rules())
                .extracting(InsightRule::title)
                .doesNotHaveDuplicates()
                .allMatch(t -> !t.isBlank() && !t.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ofARunThatToldNothingARuleSaysWhyItCannotLookOrWhatItSaw(InsightRule rule) throws LatheException {
        switch (rule.check(new FabricatedRun(GRAPH).facts())) {
            case Verdict.Found f -> assertThat(f.findings()).isEmpty();
            case Verdict.Clean(String seen) -> assertThat(seen).isNotBlank().doesNotEndWith(".");
            case Verdict.NotChecked(String why) -> assertThat(why).isNotBlank().doesNotEndWith(".");
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aFindingCarriesItsRuleFiguresOfTheRunAndPlacesThatThereAre(InsightRule rule) throws LatheException {
        RunFacts facts = run().facts();
        if (!(rule.check(facts) instanceof Verdict.Found(List<Finding> findings))) {
            return;
        }
        assertThat(findings).isNotEmpty().allSatisfy(f -> {
            assertThat(f.rule()).isEqualTo(rule.id());
            assertThat(f.title()).isNotBlank().doesNotEndWith(".");
            assertThat(f.explanation()).matches("(?s).*\\d.*").endsWith(".");
            assertThat(f.remedy().text()).endsWith(".");
            assertThat(f.places())
                    .doesNotHaveDuplicates()
                    .allMatch(p -> facts.place(p).isPresent());
            f.gain().ifPresent(g -> {
                assertThat(g.perRun())
                        .isBetween(Duration.ZERO, facts.run().latency().p50());
                assertThat(g.part()).isBetween(0.0, 1.0);
            });
        });
    }

    @Test
    void mostRulesSpeakOnARunThatHasEverything() throws LatheException {
        Examination all = Examination.of(run().facts());
        assertThat(all.checks()).hasSameSizeAs(rules());
        assertThat(all.findings())
                .extracting(Finding::rule)
                .contains(
                        "casts",
                        "layout-conversions",
                        "done-twice",
                        "threads",
                        "copies-between-devices",
                        "other-device");
        assertThat(all.findings()).isSortedAccordingTo(Finding.BY_WEIGHT);
        assertThat(all.foremost().stream().filter(f -> f.severity() != Finding.Severity.CAUTION))
                .hasSize(Examination.SHOWN);
    }

    @Test
    void tenThousandLayersAreLookedAtInAMoment() throws LatheException {
        int layers = 10_000;
        String chain = IntStream.range(0, layers)
                .mapToObj(i -> "  v" + (i + 1) + " = Relu(" + (i == 0 ? "x" : "v" + i) + ") as n" + i)
                .collect(Collectors.joining("\n"));
        FabricatedRun run = new FabricatedRun(
                "graph g (x: float32[1, 64]) -> (v" + layers + ": float32[1, 64]) {\n" + chain + "\n}\n");
        for (int i = 0; i < layers; i += 100) {
            run.layer("n" + i, 1);
        }
        RunFacts facts = run.facts();
        long before = System.nanoTime();
        Examination.of(facts);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
}
