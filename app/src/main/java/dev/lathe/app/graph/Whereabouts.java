package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphViewModel.Crumb;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where things are in a model: the blocks around them, and the way there from the model itself.
///
/// @param title what the model is called
/// @param tree empty until the blocks are known; then nothing is in any
record Whereabouts(String title, Optional<Analysis> analysis, Optional<ScopeTree> tree) {

    /// Blocks that must be open for `what` to be drawn; a layer stays closed, it stands for its nodes.
    List<String> around(Selection what) {
        if (tree.isEmpty()) {
            return List.of();
        }
        ScopeTree t = tree.get();
        Optional<String> path = pathOf(what);
        return path.map(p -> t.ancestors(p).stream()
                        .filter(s -> !s.isLayer() && !s.path().isEmpty())
                        .map(ScopeTree.Scope::path)
                        .toList())
                .orElse(List.of());
    }

    private Optional<String> pathOf(Selection what) {
        return switch (what) {
            case Selection.None n -> Optional.empty();
            case Selection.OfScope(String path) -> Optional.of(path);
            case Selection.OfNode(NodeId node) ->
                tree.flatMap(t -> t.leaf(node)).map(ScopeTree.Leaf::path);
            case Selection.OfValue(var value) ->
                analysis.flatMap(a -> a.model().graph().producer(value))
                        .flatMap(n -> tree.flatMap(t -> t.leaf(n.id())))
                        .map(ScopeTree.Leaf::path);
        };
    }

    /// The way to the selection for the crumb bar, the model first.
    List<Crumb> crumbs(Selection selection) {
        List<Crumb> way = new ArrayList<>();
        analysis.ifPresent(a -> way.add(new Crumb(title, Selection.NONE)));
        Optional<String> path = pathOf(selection);
        if (tree.isEmpty() || path.isEmpty()) {
            return way;
        }
        ScopeTree t = tree.get();
        for (ScopeTree.Scope s : t.ancestors(path.get())) {
            if (!s.path().isEmpty()) {
                way.add(new Crumb(s.label(), new Selection.OfScope(s.path())));
            }
        }
        t.item(path.get()).ifPresent(i -> {
            boolean main = i instanceof ScopeTree.Leaf l
                    && t.layerOf(l.node()).flatMap(ScopeTree.Scope::head).equals(Optional.of(l.node()));
            if (!main) {
                way.add(new Crumb(i.label(), selection));
            }
        });
        return way;
    }
}
