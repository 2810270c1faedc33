package dev.lathe.app.panes;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.project.RuntimeSelection;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import java.util.Optional;

/// What the outline, the layers table and the memory timeline list: the layers of the model's own graph, or, while the
/// canvas shows the graph as it runs, the kernels of that. Selections are told in ids of the model's own graph, and
/// shown in those of the rows.
///
/// @param tree empty until it is found
/// @param link to the model's own graph; empty where the rows are of that
record ShownRows(Analysis analysis, Optional<ScopeTree> tree, LayerTimes times, Optional<RuntimeSelection> link) {
    static ShownRows ofSource(Analysis analysis, Optional<ScopeTree> tree, LayerTimes times) {
        return new ShownRows(analysis, tree, times, Optional.empty());
    }

    /// @param run the one that told the graph
    static ShownRows asItRuns(Analysis source, RuntimeGraph graph, Optional<ScopeTree> tree, ProfileRun run) {
        return new ShownRows(
                graph.analysis(),
                tree,
                LayerTimes.of(run, graph.kernels()),
                Optional.of(new RuntimeSelection(graph, source.model())));
    }

    boolean asItRuns() {
        return link.isPresent();
    }

    /// Behind the model's title.
    String remark() {
        return asItRuns() ? " · as it runs" : "";
    }

    Selection inSource(Selection row) {
        return link.map(l -> l.inSource(row)).orElse(row);
    }

    /// @param picked the row that the user picked last: it stays when it stands for what is selected
    Selection there(Selection selected, Selection picked) {
        return link.map(l -> l.standsFor(picked, selected) ? picked : l.ofSource(selected))
                .orElse(selected);
    }
}
