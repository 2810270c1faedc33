package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static GraphScene scene(Analysis a, String... open) {
        return GraphScene.of(a, Optional.empty(), Set.of(open), "");
    }

    private static GraphScene opened(Analysis a) {
        Set<String> all = new HashSet<>();
        collect(ScopeTree.of(a.model().graph()).root(), all);
        return GraphScene.of(a, Optional.empty(), all, "");
    }

    private static void collect(ScopeTree.Scope s, Set<String> into) {
        s.items().forEach(i -> {
            if (i instanceof ScopeTree.Scope c) {
                into.add(c.path());
                collect(c, into);
            }
        });
    }

    @Test
    void boxesNeverOverlapAndLieInsideTheirGroups() {
        for (GraphScene s : List.of(
                scene(Sketch.blocks(8).analysis()),
                scene(Sketch.blocks(8).analysis(), "net.block.3"),
                opened(Sketch.blocks(4).analysis()),
                opened(Sketch.nameless(300).analysis()))) {
            List<Box> boxes = s.layout().boxes();
            for (Box a : boxes) {
                if (a.parent() >= 0) {
                    Box p = boxes.get(a.parent());
                    assertThat(a.x() >= p.x() && a.y() >= p.y() && a.right() <= p.right() && a.bottom() <= p.bottom())
                            .as("%s inside %s", a, p)
                            .isTrue();
                }
                for (Box b : boxes) {
                    boolean related = a.index() >= b.index() || a.parent() != b.parent();
                    boolean apart =
                            a.right() <= b.x() || b.right() <= a.x() || a.bottom() <= b.y() || b.bottom() <= a.y();
                    assertThat(related || apart).as("%s and %s", a, b).isTrue();
                }
            }
        }
    }

    @Test
    void dataFlowsDownOutsideAndRightInsideAGroup() {
        GraphScene s = scene(Sketch.blocks(3).analysis(), "net.block.1");
        Box before = box(s, "net.block.0");
        Box group = box(s, "net.block.1");
        Box after = box(s, "net.block.2");
        assertThat(before.bottom()).isLessThan(group.y());
        assertThat(group.bottom()).isLessThan(after.y());
        assertThat(box(s, "net.block.1/left").right())
                .isLessThan(box(s, "net.block.1/join").x());
        assertThat(box(s, "net.block.1/left").x())
                .isEqualTo(box(s, "net.block.1/right").x());
    }

    @Test
    void wiresRunAtRightAnglesAndNeverThroughABlock() {
        GraphScene s = scene(Sketch.blocks(6).analysis());
        for (Wire w : s.layout().wires()) {
            double[] p = w.points();
            for (int i = 2; i < p.length; i += 2) {
                boolean straight = Math.abs(p[i] - p[i - 2]) < 1 || Math.abs(p[i + 1] - p[i - 1]) < 1;
                assertThat(straight).isTrue();
                for (Box b : s.layout().boxes()) {
                    boolean through = Math.max(p[i], p[i - 2]) > b.x() + 1
                            && Math.min(p[i], p[i - 2]) < b.right() - 1
                            && Math.max(p[i + 1], p[i - 1]) > b.y() + 1
                            && Math.min(p[i + 1], p[i - 1]) < b.bottom() - 1;
                    assertThat(through).as("wire of %s through %s", w.from(), b).isFalse();
                }
            }
        }
    }

    @Test
    void everyNodeThatIsNotFoldedHasABox() {
        Analysis a = Sketch.blocks(5).analysis();
        for (GraphScene s : List.of(scene(a), opened(a))) {
            for (Node n : a.model().graph().nodes()) {
                int at = s.layout().boxOf().get(n.id());
                assertThat(s.layout().boxes().get(at).kind()).isNotEqualTo(Kind.GROUP);
            }
        }
    }

    @Test
    void theSameStateGivesTheSameLayout() {
        Analysis a = Sketch.blocks(5).analysis();
        assertThat(opened(a).layout().boxes()).isEqualTo(opened(a).layout().boxes());
    }

    @Test
    void aTensorThatManyBlocksUseIsDrawnAsStubs() {
        Sketch s = new Sketch().input("x").input("mask");
        String at = "x";
        for (int b = 0; b < 6; b++) {
            s.weight("w" + b, 8, 8).weight("v" + b, 8, 8);
            s.node("/layer." + b + "/a/MatMul", "MatMul", "m" + b, at, "w" + b);
            s.node("/layer." + b + "/b/Where", "Where", "n" + b, "m" + b, "mask", "m" + b);
            s.node("/layer." + b + "/c/MatMul", "MatMul", "o" + b, "n" + b, "v" + b);
            at = "o" + b;
        }
        GraphLayout layout = scene(s.output(at).analysis()).layout();
        assertThat(layout.stubs()).hasSize(7).allMatch(t -> t.name().equals("mask"));
        assertThat(layout.stubs().stream().filter(GraphLayout.Stub::source)).hasSize(1);
        assertThat(layout.wires())
                .noneMatch(w -> layout.boxes().get(w.from()).title().equals("mask"));
    }

    @Test
    void everyWireOfABlockCarriesTheTensorThatGoesThatWay() {
        Sketch s = new Sketch().input("x").weight("w", 8, 8);
        s.node("/net/block.0/a/MatMul", "MatMul", "a", "x", "w").node("/net/block.0/b/MatMul", "MatMul", "b", "a", "w");
        s.node("/net/block.0/c/MatMul", "MatMul", "c", "a", "w").node("/net/block.0/d/MatMul", "MatMul", "d", "b", "w");
        s.node("/net/block.0/e/MatMul", "MatMul", "e", "d", "w")
                .output("c")
                .output("d")
                .output("e");
        s.node("/net/block.1/a/MatMul", "MatMul", "p", "x", "w").node("/net/block.1/b/MatMul", "MatMul", "q", "p", "w");
        s.node("/net/block.1/c/MatMul", "MatMul", "r", "q", "w").node("/net/block.1/d/MatMul", "MatMul", "t", "r", "w");
        s.node("/net/block.1/e/MatMul", "MatMul", "u", "t", "w").output("u");
        GraphLayout l = scene(s.analysis()).layout();
        int told = 0;
        for (Wire w : l.wires()) {
            for (int to : w.to()) {
                Box pill = l.boxes().get(to);
                if (w.to().length == 1 && pill.kind() == Kind.OUTPUT) {
                    assertThat(pill.value()).contains(w.value());
                    told++;
                }
            }
        }
        assertThat(told).isEqualTo(4);
    }

    @Test
    void detailGrowsWithZoom() {
        assertThat(Detail.at(1)).isEqualTo(Detail.ALL);
        assertThat(Detail.at(0.75)).isEqualTo(Detail.ALL);
        assertThat(Detail.at(0.74)).isEqualTo(Detail.TITLES);
        assertThat(Detail.at(0.39)).isEqualTo(Detail.BOXES);
        assertThat(Detail.at(0.1)).isEqualTo(Detail.BLOCKS);
    }

    @Test
    void zoomingKeepsThePointUnderThePointer() {
        Camera c = new Camera(30, -20, 0.8).zoomed(1.7, 400, 300);
        Camera before = new Camera(30, -20, 0.8);
        assertThat(c.layoutX(400)).isCloseTo(before.layoutX(400), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(c.layoutY(300)).isCloseTo(before.layoutY(300), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(new Camera(0, 0, 1).zoomed(1e9, 0, 0).zoom()).isEqualTo(Camera.LARGEST);
    }

    private static Box box(GraphScene s, String path) {
        return s.layout().boxes().get(s.layout().byPath().get(path));
    }

    @Test
    void boxesThatNothingConnectsStandInRowsInTheirOrder() {
        Sketch program = new Sketch().input("x");
        for (int i = 0; i < 40; i++) {
            program.node("op" + i, "Mystery", "y" + i);
        }
        GraphScene s = GraphScene.of(program.analysis(), Optional.empty(), Set.of(), "");
        assertThat(s.layout().wires()).isEmpty();
        assertThat(s.layout().width()).isLessThan(1100);
        List<Box> boxes = s.layout().boxes().stream()
                .sorted(Comparator.comparingDouble(Box::y).thenComparingDouble(Box::x))
                .toList();
        assertThat(boxes.getFirst().title()).as("what it is given").isEqualTo("x");
        assertThat(boxes.stream().skip(1).map(Box::index).toList())
                .as("read as words are")
                .isSorted()
                .hasSizeGreaterThan(5);
        assertThat(boxes.stream().skip(1).map(Box::y).distinct().count()).isBetween(2L, 12L);
    }
}
