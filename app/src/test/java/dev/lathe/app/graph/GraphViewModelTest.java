package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.ColourBy;
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
