package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.ColourBy;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CostOverlayTest {
    private static GraphScene scene(Sketch of) {
        return GraphScene.of(of.analysis(), Optional.empty(), Set.of(), "");
    }

    private static CostOverlay overlay(GraphScene scene, ColourBy by) {
        return new CostOverlay(scene, Map.of(), Duration.ZERO, Optional.empty(), List.of(), by, false);
    }

    private static ScopeTree.Item leaf(GraphScene scene, int node) {
        return scene.tree().leaf(new NodeId(node)).orElseThrow();
    }

    @Test
    void aSumOfWhichSomeIsUnknownIsOnlyTheLeastThatItCanBe() {
        GraphScene s = scene(new Sketch()
                .input("x")
                .weight("w", 8, 8)
                .node("a", "MatMul", "y", "x", "w")
                .node("b", "NobodyKnowsThis", "z", "y")
                .output("z"));
        CostOverlay flops = overlay(s, ColourBy.FLOPS);
        assertThat(flops.totalText()).isEqualTo("at least 128 FLOP");
        assertThat(flops.remedy()).contains("unknown for 1 node");
        assertThat(flops.share(leaf(s, 0))).isEqualTo("128 FLOP");
        assertThat(flops.share(leaf(s, 1))).isEqualTo("—");
        assertThat(flops.words(leaf(s, 1))).isEqualTo("FLOPs unknown");
    }

    @Test
    void aSumOfWhichNothingIsKnownIsUnknownAndNotZero() {
        GraphScene s = scene(
                new Sketch().input("x").node("b", "NobodyKnowsThis", "z", "x").output("z"));
        CostOverlay flops = overlay(s, ColourBy.FLOPS);
        assertThat(flops.total).isEmpty();
        assertThat(flops.totalText()).isEqualTo("unknown");
        assertThat(flops.remedy()).isPresent();
    }

    @Test
    void aSumThatIsKnownNeedsNothing() {
        GraphScene s = scene(Sketch.blocks(2));
        CostOverlay flops = overlay(s, ColourBy.FLOPS);
        assertThat(flops.totalText()).doesNotContain("least").endsWith("FLOP");
        assertThat(flops.remedy()).isEmpty();
        assertThat(flops.share(s.tree().root())).isEqualTo("100.0 %");
    }

    @Test
    void coloursComeFromTheOldOnesToTheNew() {
        GraphScene s = scene(Sketch.blocks(2));
        ScopeTree.Item item = leaf(s, 0);
        CostOverlay old = overlay(s, ColourBy.TIME);
        CostOverlay next = overlay(s, ColourBy.FLOPS);
        int end = next.fill(item).orElseThrow();
        next.fadeFrom(old);
        assertThat(next.fill(item)).contains(Palette.of(false).block());
        next.faded(0.5);
        assertThat(next.fill(item)).isPresent().get().isNotEqualTo(end);
        next.faded(1);
        assertThat(next.fill(item)).contains(end);
    }
}
