package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GraphViewModelTest {
    private final AtomicInteger jobs = new AtomicInteger();
    private final GraphViewModel model = new GraphViewModel(
            work -> {
                jobs.incrementAndGet();
                work.run();
            },
            Runnable::run);

    @Test
    void openingAndClosingBlocksOfASmallGraphIsNoJob() {
        model.show(Sketch.blocks(5).analysis());
        int first = jobs.get();
        model.expand("net.block.1");
        model.collapse("net.block.1");
        model.collapseAll();
        assertThat(jobs.get()).isEqualTo(first).isEqualTo(1);
        assertThat(model.sceneProperty().get().orElseThrow().around()).isEqualTo("net.block.1");
    }

    @Test
    void aVariantKeepsWhatIsOpenAndSelectedWhereItHasIt() {
        Analysis source = Sketch.blocks(5).analysis();
        model.show(source);
        model.expand("net.block.1");
        model.expand("net.block.4");
        model.select(Selection.scope("net.block.1"));
        Analysis shorter = Sketch.blocks(3).analysis();
        model.show(shorter, "net · short", source.model());
        assertThat(model.sceneProperty().get().orElseThrow().layout().byPath())
                .containsKey("net.block.1")
                .doesNotContainKey("net.block.4");
        assertThat(model.isExpanded("net.block.1")).isTrue();
        assertThat(model.selectionProperty().get()).isEqualTo(Selection.scope("net.block.1"));
        assertThat(model.crumbs().getFirst().label()).isEqualTo("net · short");
        model.select(Selection.NONE);
        model.show(source, "net", source.model());
        assertThat(model.isExpanded("net.block.4")).isTrue();
        model.select(Selection.scope("net.block.4"));
        model.show(shorter, "net · short", source.model());
        assertThat(model.selectionProperty().get()).isEqualTo(Selection.NONE);
        model.show(Sketch.blocks(4).analysis());
        assertThat(model.isExpanded("net.block.1")).isFalse();
    }

    @Test
    void whatIsPickedInThePictureOfTheModelBeforeSelectsNothing() {
        List<Runnable> waiting = new ArrayList<>();
        GraphViewModel slow = new GraphViewModel(waiting::add, Runnable::run);
        slow.show(Sketch.blocks(5).analysis());
        waiting.removeFirst().run();
        slow.show(Sketch.blocks(3).analysis());
        slow.select(Selection.scope("net.block.4"));
        assertThat(slow.selectionProperty().get()).isEqualTo(Selection.NONE);
        waiting.removeFirst().run();
        slow.select(Selection.scope("net.block.1"));
        assertThat(slow.selectionProperty().get()).isEqualTo(Selection.scope("net.block.1"));
    }

    @Test
    void aLayoutOfThousandsOfBoxesIsAJob() {
        model.show(Sketch.blocks(2_000).analysis());
        int first = jobs.get();
        var all = new java.util.HashSet<String>();
        collect(model.tree().orElseThrow().root(), all);
        model.expandAll(all);
        assertThat(jobs.get()).isGreaterThan(first);
    }

    @Test
    void anotherColourMovesNothing() {
        model.show(Sketch.blocks(5).analysis());
        var before = model.sceneProperty().get();
        model.colourBy(ColourBy.PARAMETERS);
        model.colourBy(ColourBy.FLOPS);
        assertThat(model.sceneProperty().get()).isSameAs(before);
        assertThat(jobs.get()).isEqualTo(1);
    }

    private static void collect(ScopeTree.Scope s, java.util.Set<String> into) {
        s.items().forEach(i -> {
            if (i instanceof ScopeTree.Scope c && !c.isLayer()) {
                into.add(c.path());
                collect(c, into);
            }
        });
    }
}
