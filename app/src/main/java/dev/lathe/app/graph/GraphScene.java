package dev.lathe.app.graph;

import dev.lathe.graph.analyze.Analysis;
import java.util.Optional;
import java.util.Set;

/// One state of the canvas, ready to draw: the blocks, which are open, and where everything lies. `around`
/// is the path of the block whose opening or closing led here, empty for none.
public record GraphScene(Analysis analysis, ScopeTree tree, GraphLayout layout, Set<String> expanded, String around) {
    public GraphScene {
        expanded = Set.copyOf(expanded);
    }

    static GraphScene of(Analysis analysis, Optional<ScopeTree> known, Set<String> expanded, String around) {
        ScopeTree tree = known.orElseGet(() -> ScopeTree.of(analysis.model().graph()));
        GraphLayout layout = new LayoutBuilder(new VisibleGraph(analysis, tree, tree.flow(), expanded)).build();
        return new GraphScene(analysis, tree, layout, expanded, around);
    }
}
