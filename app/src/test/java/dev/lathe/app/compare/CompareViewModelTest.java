package dev.lathe.app.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompareViewModelTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final Project project = VariantsFixture.project(encoder);
    private final List<NodeId> picked = new ArrayList<>();
    private final CompareViewModel compare = new CompareViewModel(picked::add);

    @BeforeEach
    void show() {
        compare.show(project, Optional.of(ScopeTree.of(encoder.graph())));
    }

    private CompareState.Pair pair() {
        return compare.state().get().pair().orElseThrow();
    }

    @Test
    void theSourceAndTheNewestMeasuredVariantAreComparedUntilTheUserChooses() {
        assertThat(pair().a().id()).isEqualTo(VariantId.SOURCE);
        assertThat(pair().b().id()).isEqualTo(VariantsFixture.INT8);
        compare.chooseRight(VariantsFixture.HALF);
        assertThat(pair().b().name()).isEqualTo("fp16");
        assertThat(pair().speedup()).isEmpty();
        compare.swap();
        assertThat(pair().a().name()).isEqualTo("fp16");
    }

    @Test
    void theRowsAddUpToBothSidesWholeRuns() {
        double a = pair().rows().stream()
                .mapToDouble(r -> r.nanosA().orElseThrow())
                .sum();
        double b = pair().rows().stream()
                .mapToDouble(r -> r.nanosB().orElseThrow())
                .sum();
        assertThat(a + pair().outsideA().orElseThrow())
                .isCloseTo(pair().a().times().total().toNanos(), within(10.0));
        assertThat(b + pair().outsideB().orElseThrow())
                .isCloseTo(pair().b().times().total().toNanos(), within(10.0));
        assertThat(pair().bytesA())
                .isCloseTo(
                        encoder.graph().initializers().values().stream()
                                .map(Tensor::data)
                                .mapToLong(d -> d.byteSize())
                                .sum(),
                        within(0.5));
    }

    @Test
    void aFusedNodeIsSharedOverTheLayersItStandsFor() {
        CompareRow norm = pair().rows().stream()
                .filter(r -> r.layer().contains("layer.2.output") && r.layer().contains("LayerNorm"))
                .findFirst()
                .orElseThrow();
        assertThat(norm.nanosB().orElseThrow()).isPositive();
        assertThat(pair().rows()).noneMatch(r -> r.layer().startsWith("added by"));
        assertThat(pair().rows()).extracting(CompareRow::change).anyMatch(c -> c.contains("fused"));
    }

    @Test
    void int8WeightsAreAQuarterAndFasterLayersHaveAMinus() {
        CompareRow dense = pair().rows().stream()
                .filter(r -> r.layer().contains("layer.2.intermediate"))
                .findFirst()
                .orElseThrow();
        assertThat(dense.bytesB()).isLessThan(dense.bytesA() * 0.27);
        assertThat(dense.nanosChange().orElseThrow()).isNegative();
        assertThat(pair().speedup().orElseThrow()).isGreaterThan(1.5);
        assertThat(pair().worst().orElseThrow().cosine()).isEqualTo(0.983);
    }

    @Test
    void aVariantThatHasNotRunIsNamedAndHasNoPlaceOnTheMap() {
        CompareState s = compare.state().get();
        assertThat(s.notRun()).containsExactly("fp16");
        assertThat(s.points())
                .filteredOn(p -> p.latency().isEmpty())
                .extracting(VariantPoint::name)
                .containsExactly("fp16");
        assertThat(s.points())
                .filteredOn(VariantPoint::chosen)
                .extracting(VariantPoint::name)
                .containsExactly("int8 dynamic");
    }

    @Test
    void runsAtOtherSizesAreNoSpeedUpAndNotOnOneMap() {
        Variant int8 = project.variant(VariantsFixture.INT8).orElseThrow();
        Variant elsewhere = int8.withRun(VariantsFixture.at(int8.run().orElseThrow(), "batch", 1));
        compare.show(
                project.withVariants(project.variants().stream()
                        .map(v -> v.id().equals(int8.id()) ? elsewhere : v)
                        .toList()),
                Optional.of(ScopeTree.of(encoder.graph())));
        assertThat(pair().speedup()).isEmpty();
        assertThat(pair().doubt()).contains("other sizes");
        assertThat(compare.state().get().apart()).containsExactly("int8 dynamic (other sizes)");
        assertThat(compare.state().get().points())
                .extracting(VariantPoint::name)
                .doesNotContain("int8 dynamic");
    }

    @Test
    void withOneVariantThereIsNothingToCompare() {
        Project alone = project.withVariants(project.variants().subList(0, 1));
        compare.show(alone, Optional.of(ScopeTree.of(encoder.graph())));
        assertThat(compare.state().get().pair()).isEmpty();
    }

    @Test
    void pickingARowTellsTheSourceNode() {
        CompareRow row = pair().rows().stream()
                .filter(r -> r.head().isPresent())
                .findFirst()
                .orElseThrow();
        compare.pick(row);
        assertThat(picked).containsExactly(row.head().orElseThrow());
    }

    private static CompareRow row(double a, double b) {
        return new CompareRow("l", Optional.empty(), OptionalDouble.of(a), OptionalDouble.of(b), 0, 0, "");
    }

    @Test
    void timesOfTinyModelsAreInMicrosecondsWithDigitsThatSaySomething() {
        CompareFigures tiny = CompareFigures.of(List.of(row(3_210, 2_930), row(430, 0)));
        assertThat(tiny.unit()).isEqualTo("µs");
        assertThat(tiny.time(OptionalDouble.of(3_210))).isEqualTo("3.210");
        assertThat(tiny.timeChange(-280)).isEqualTo("−0.280");
        CompareFigures usual = CompareFigures.of(List.of(row(3_210_000, 2_930), row(430, 0)));
        assertThat(usual.unit()).isEqualTo("ms");
        assertThat(usual.time(OptionalDouble.of(3_210_000))).isEqualTo("3.210");
        assertThat(CompareFigures.of(List.of()).unit()).isEqualTo("ms");
    }

    @Test
    void aDifferenceWithinWhatTwoRunsDifferByTellsNothing() {
        double whole = pair().sumA().orElseThrow();
        assertThat(pair().tells(row(whole / 10, whole / 20))).isTrue();
        assertThat(pair().tells(row(whole / 10, whole / 10.2))).isFalse();
        assertThat(pair().tells(row(whole / 1000, whole / 2000))).isFalse();
    }

    @Test
    void noDifferenceTellsAnythingWhereTheRunsCannotBeCompared() {
        Variant int8 = project.variant(VariantsFixture.INT8).orElseThrow();
        Variant elsewhere = int8.withRun(VariantsFixture.at(int8.run().orElseThrow(), "batch", 1));
        compare.show(
                project.withVariants(project.variants().stream()
                        .map(v -> v.id().equals(int8.id()) ? elsewhere : v)
                        .toList()),
                Optional.of(ScopeTree.of(encoder.graph())));
        assertThat(pair().rows()).noneMatch(pair()::tells);
    }

    @Test
    void aNameOnTheMapStandsWhereThereIsRoomForIt() {
        assertThat(VariantMap.isLeftOf(0.12, 1)).isFalse();
        assertThat(VariantMap.isLeftOf(0.9, 1)).isTrue();
    }
}
