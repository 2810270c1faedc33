package dev.lathe.app.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.fixture.CopyingRun;
import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.project.ThreadWords;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.ProfileRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersViewModelTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final ScopeTree tree = ScopeTree.of(encoder.graph());
    private final List<NodeId> picked = new ArrayList<>();
    private final LayersViewModel layers = new LayersViewModel(picked::add);

    private LayersState afterRun(ProfileRun run) {
        layers.show(encoder.analysis(), tree, LayerTimes.of(run));
        return layers.state().get();
    }

    @Test
    void theRowsAndWhatIsOutsideThemAddUpToTheSum() {
        LayersState s = afterRun(encoder.run(1));
        Duration rows =
                s.rows().stream().map(r -> r.timing().orElseThrow().time()).reduce(Duration.ZERO, Duration::plus);
        assertThat(rows.plus(s.sums().outside().orElseThrow()))
                .isEqualTo(s.sums().time().orElseThrow());
        assertThat(s.rows().stream().mapToDouble(LayerRow::share).sum()
                        + s.times().share(s.sums().outside().orElseThrow()))
                .isCloseTo(1, within(1e-9));
        assertThat(s.sums().flops())
                .hasValue(s.rows().stream()
                        .mapToLong(r -> r.flops().orElseThrow())
                        .sum());
    }

    @Test
    void everyNodeIsInExactlyOneRowWhetherRowsAreLayersOrNodes() {
        LayersState perLayer = afterRun(encoder.run(1));
        assertThat(perLayer.rows().stream().flatMap(r -> r.nodes().stream()).toList())
                .doesNotHaveDuplicates()
                .hasSameSizeAs(encoder.graph().nodes());
        assertThat(perLayer.rows().size()).isLessThan(encoder.graph().nodes().size());
        layers.perNode().set(true);
        assertThat(layers.state().get().rows()).hasSameSizeAs(encoder.graph().nodes());
        assertThat(layers.state().get().sums().time()).isEqualTo(perLayer.sums().time());
    }

    @Test
    void aLayerTellsTheThreadsOfItsCostliestNode() {
        LayersState s = afterRun(CopyingRun.of(encoder.run(1), List.of(), n -> "cpu"));
        assertThat(s.rows()).allSatisfy(r -> {
            var threads = r.timing().orElseThrow().threads();
            assertThat(ThreadWords.of(threads)).isEqualTo("1.8 of 2");
            assertThat(ThreadWords.explained(threads)).contains("62.5 %", "37.5 %");
            assertThat(r.movedBytes()).hasValue(2_000_000L * r.nodes().size());
            assertThat(r.heldBytes()).hasValue(4_000_000);
            assertThat(r.deviceNames()).isEqualTo("CPU");
        });
        assertThat(LayersTable.csv(s, s.rows()).lines().toList())
                .first()
                .asString()
                .endsWith(",kernels,threads_used,activation_bytes,output_bytes,arena_bytes");
        assertThat(LayersTable.csv(s, s.rows()).lines().skip(1).findFirst().orElseThrow())
                .matches(".*,1\\.75,\\d+,\\d+,4000000");
        LayersState untold = afterRun(encoder.run(1));
        assertThat(ThreadWords.of(
                        untold.rows().getFirst().timing().orElseThrow().threads()))
                .isEqualTo(Numbers.UNKNOWN);
    }

    @Test
    void beforeARunWorkIsKnownAndTimesAreNot() {
        layers.show(encoder.analysis(), tree, LayerTimes.NONE);
        LayersState s = layers.state().get();
        assertThat(s.rows()).allSatisfy(r -> {
            assertThat(r.timing()).isEmpty();
            assertThat(r.rate()).isEmpty();
            assertThat(r.flops()).isPresent();
        });
        assertThat(s.sums().time()).isEmpty();
        assertThat(s.sums().flops()).isPresent();
    }

    @Test
    void theFooterSaysOfWhatThePercentileIsMadeUp() {
        ProfileRun run = encoder.run(1);
        LayersState s = afterRun(run);
        Duration layersAlone = run.layerSum().minus(run.outsideLayers());
        assertThat(LayersFooter.title(s))
                .endsWith(" · layers " + Numbers.time(layersAlone) + " + outside " + Numbers.time(run.outsideLayers())
                        + " = p50");
        assertThat(Numbers.time(s.sums().time().orElseThrow()))
                .isEqualTo(Numbers.time(run.latency().p50()));
        layers.show(encoder.analysis(), tree, LayerTimes.NONE);
        assertThat(LayersFooter.title(layers.state().get())).endsWith("F5 measures every layer");
    }

    @Test
    void aFilterLeavesOutTheRestAndSumsOnlyWhatIsShown() {
        afterRun(encoder.run(1));
        layers.filter().set("layer.2 matmul");
        LayersState s = layers.state().get();
        assertThat(s.filtered()).isTrue();
        assertThat(s.rows()).isNotEmpty().allMatch(r -> r.layer().contains("layer.2"));
        assertThat(s.sums().outside()).isEmpty();
        assertThat(s.sums().time().orElseThrow())
                .isEqualTo(s.rows().stream()
                        .map(r -> r.timing().orElseThrow().time())
                        .reduce(Duration.ZERO, Duration::plus));
    }

    @Test
    void theNinetiethPercentileOfSeveralNodesIsShownAsABound() {
        LayersState s = afterRun(encoder.run(1));
        LayerRow many =
                s.rows().stream().filter(r -> r.nodes().size() > 1).findFirst().orElseThrow();
        assertThat(many.timing().orElseThrow().p90IsBound()).isTrue();
        layers.perNode().set(true);
        assertThat(layers.state().get().rows())
                .noneMatch(r -> r.timing().orElseThrow().p90IsBound());
    }

    @Test
    void pickingARowTellsOnceAndASelectionFromElsewhereDoesNot() {
        NodeId node = encoder.graph().nodes().get(3).id();
        layers.showSelected(java.util.Optional.of(node));
        layers.pick(node);
        assertThat(picked).isEmpty();
        NodeId other = encoder.graph().nodes().get(5).id();
        layers.pick(other);
        layers.pick(other);
        assertThat(picked).containsExactly(other);
    }

    @Test
    void theCsvHasOneLinePerRowAndPlainNumbers() {
        LayersState s = afterRun(encoder.run(1));
        String[] lines = LayersTable.csv(s, s.rows()).split("\r\n");
        assertThat(lines).hasSize(s.rows().size() + 2);
        assertThat(lines[0]).startsWith("position,layer,ops,output,time_ms");
        double sum = 0;
        for (int i = 1; i < lines.length; i++) {
            sum += Double.parseDouble(lines[i].split(",")[4]);
        }
        assertThat(sum).isCloseTo(s.sums().time().orElseThrow().toNanos() / 1e6, within(1e-3));
        assertThat(lines[lines.length - 1]).contains("outside layers");
    }

    @Test
    void whatTheDeviceGivesAtMostTellsHowNearEachLayerIs() {
        LayersState before = afterRun(encoder.run(1));
        assertThat(before.rows()).allMatch(r -> r.ceilingShare().isEmpty());
        layers.showCeilings(java.util.Optional.of(
                dev.lathe.app.project.FakeRoofs.of(EncoderFixture.plan().target())));
        LayerRow dense = layers.state().get().rows().stream()
                .filter(r -> r.op().equals("MatMul"))
                .findFirst()
                .orElseThrow();
        assertThat(dense.ceilingShare().orElseThrow()).isBetween(0.05, 3.0);
        assertThat(LayersTable.csv(layers.state().get(), layers.state().get().rows()))
                .contains("ceiling_share");
    }
}
