package dev.lathe.app.panes;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.RuntimeGraph;
import java.util.Optional;

/// Makes the rows of the graph that the canvas shows: the same instance as long as these stay the same. On the window's
/// thread.
final class RowsFeed {
    private final BlockTrees trees;
    private final Runnable arrived;
    private Optional<ShownRows> last = Optional.empty();
    private Optional<RuntimeGraph> of = Optional.empty();
    private Selection picked = Selection.NONE;

    /// @param arrived told when the blocks of a graph were found
    RowsFeed(BlockTrees trees, Runnable arrived) {
        this.trees = trees;
        this.arrived = arrived;
    }

    /// @param tree of the model's own graph, once it is found
    /// @param newest of its layers
    ShownRows of(Project p, Analysis source, Optional<ScopeTree> tree, LayerTimes newest) {
        Optional<RuntimeGraph> graph = p.shownRuntimeGraph();
        Optional<ScopeTree> blocks =
                graph.isPresent() ? trees.of(graph.get().model().graph(), arrived) : tree;
        boolean stays = same(of, graph)
                && last.filter(r -> same(r.tree(), blocks)
                                && (graph.isPresent() || r.analysis() == source && r.times() == newest))
                        .isPresent();
        if (!stays) {
            if (!same(of, graph)) {
                picked = Selection.NONE;
            }
            of = graph;
            last = Optional.of(
                    graph.isPresent()
                            ? ShownRows.asItRuns(
                                    source, graph.get(), blocks, p.shownRun().orElseThrow())
                            : ShownRows.ofSource(source, blocks, newest));
        }
        return last.orElseThrow();
    }

    /// The user picked this row.
    void picked(Selection row) {
        picked = row;
    }

    /// What is selected among the rows: the one that was picked last, when it stands for that.
    Selection there(ShownRows rows, Selection selected) {
        return rows.there(selected, picked);
    }

    private static boolean same(Optional<?> a, Optional<?> b) {
        return a.isPresent() == b.isPresent() && (a.isEmpty() || a.get() == b.get());
    }
}
