package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.CopyingRun;
import dev.lathe.app.graph.GraphLayout.Stub;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.Transfer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Edges of a scene that carry what is copied between devices.
class WireCopiesTest {
    private static GraphScene scene(Sketch of) {
        return GraphScene.of(of.analysis(), Optional.empty(), Set.of(), "");
    }

    private static Graph graph(GraphScene s) {
        return s.analysis().model().graph();
    }

    private static TensorCopy copy(GraphScene s, String tensor, List<String> takers) {
        Transfer t = CopyingRun.copy(graph(s), tensor, "cpu", "webgpu:0", 2048, 0.3);
        Set<dev.lathe.graph.NodeId> nodes = new HashSet<>();
        graph(s).nodes().stream()
                .filter(n -> takers.contains(n.name()))
                .map(Node::id)
                .forEach(nodes::add);
        return new TensorCopy(t.value().orElseThrow(), nodes, takers.isEmpty(), t);
    }

    private static List<String> marked(GraphScene s, WireCopies copies) {
        return s.layout().wires().stream()
                .filter(w -> !copies.on(w).isEmpty())
                .map(w -> end(s, w.from()) + " → " + end(s, w.to()[0]))
                .distinct()
                .toList();
    }

    private static String end(GraphScene s, int box) {
        return s.layout().boxes().get(box).title();
    }

    @Test
    void onlyTheWireToWhoTakesTheCopyCarriesIt() {
        GraphScene s = scene(new Sketch()
                .input("x")
                .node("a", "Mystery", "y", "x")
                .node("b", "Mystery", "z", "y")
                .node("c", "Mystery", "v", "y")
                .output("z")
                .output("v"));
        WireCopies copies = WireCopies.of(s, List.of(copy(s, "y", List.of("c"))));
        assertThat(marked(s, copies)).containsExactly("a → c");
        assertThat(copies.legend()).contains("copied to another device");
        assertThat(copies.total()).contains("2 KiB").contains("ms");
        Wire carries = s.layout().wires().stream()
                .filter(w -> !copies.on(w).isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(copies.tip(carries))
                .hasSize(2)
                .anySatisfy(l -> assertThat(l).contains("CPU → WebGPU"))
                .anySatisfy(l -> assertThat(l).contains("p90", "5 profiled runs"));
    }

    @Test
    void aCopyOfAnInputAndOneOfAnOutputAreOnTheWiresOfTheirPills() {
        GraphScene s =
                scene(new Sketch().input("x").node("a", "Mystery", "y", "x").output("y"));
        WireCopies copies = WireCopies.of(s, List.of(copy(s, "x", List.of("a")), copy(s, "y", List.of())));
        assertThat(marked(s, copies)).containsExactlyInAnyOrder("x → a", "a → y");
        assertThat(copies.legend()).contains("2 copies to another device");
    }

    @Test
    void whatIsDrawnAsStubsIsMarkedAtBothEnds() {
        Sketch many = new Sketch().input("x").node("a", "Mystery", "y", "x");
        for (int i = 0; i < 7; i++) {
            many.node("user" + i, "Mystery", "z" + i, "y").output("z" + i);
        }
        GraphScene s = scene(many);
        WireCopies copies = WireCopies.of(s, List.of(copy(s, "y", List.of("user3"))));
        ValueId y = graph(s).valueNamed("y").orElseThrow().id();
        List<String> ends = s.layout().stubs().stream()
                .filter(t -> t.value().equals(y) && copies.at(t))
                .map(Stub::at)
                .map(b -> end(s, b))
                .toList();
        assertThat(ends).containsExactlyInAnyOrder("a", "user3");
    }

    @Test
    void insideAClosedBlockItIsOnNoWireAndStillInTheLegend() {
        GraphScene s = scene(Sketch.blocks(2));
        Graph g = graph(s);
        Node first = g.nodes().getFirst();
        Node user = g.consumers(first.output(0)).getFirst();
        assertThat(s.layout().boxOf().get(first.id()))
                .as("both are in one closed block")
                .isEqualTo(s.layout().boxOf().get(user.id()));
        Transfer t = CopyingRun.copy(g, g.nameOf(first.output(0)), "cpu", "webgpu:0", 8, 0.1);
        WireCopies copies = WireCopies.of(s, List.of(new TensorCopy(first.output(0), Set.of(user.id()), false, t)));
        assertThat(marked(s, copies)).isEmpty();
        assertThat(copies.legend()).isPresent();
        GraphScene open = GraphScene.of(
                s.analysis(),
                Optional.of(s.tree()),
                Set.of(s.layout()
                        .boxes()
                        .get(s.layout().boxOf().get(first.id()))
                        .path()),
                "");
        assertThat(marked(
                        open,
                        WireCopies.of(open, List.of(new TensorCopy(first.output(0), Set.of(user.id()), false, t)))))
                .isNotEmpty();
    }
}
