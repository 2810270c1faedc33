package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import java.util.HashSet;
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

    /// The box that stands for the selection, −1 when it is not drawn: a closed block stands for what is in it.
    int boxOf(Selection what) {
        return switch (what) {
            case Selection.None n -> -1;
            case Selection.OfNode(var node) -> layout.boxOf().getOrDefault(node, -1);
            case Selection.OfScope(String path) -> {
                Integer at = layout.byPath().get(path);
                String p = path;
                while (at == null && tree.parent(p).isPresent()) {
                    p = tree.parent(p).get().path();
                    at = layout.byPath().get(p);
                }
                yield at == null ? -1 : at;
            }
            case Selection.OfValue(var value) -> {
                Integer pill = layout.pills().get(value);
                yield pill != null
                        ? pill
                        : analysis.model()
                                .graph()
                                .producer(value)
                                .map(n -> layout.boxOf().getOrDefault(n.id(), -1))
                                .orElse(-1);
            }
        };
    }

    /// The boxes that stand for these layers, each once.
    Set<Integer> boxesOf(Set<NodeId> layers) {
        Set<Integer> boxes = new HashSet<>();
        for (NodeId layer : layers) {
            Integer at = layout.boxOf().get(layer);
            if (at != null) {
                boxes.add(at);
            }
        }
        return boxes;
    }

    /// What a click on the box selects: a layer is known by its main node.
    Selection selectionOf(Box box) {
        if (box.value().isPresent()) {
            return new Selection.OfValue(box.value().get());
        }
        Optional<Item> item = tree.item(box.path());
        return item.<Selection>map(i -> switch (i) {
                    case ScopeTree.Leaf l -> new Selection.OfNode(l.node());
                    case Scope s ->
                        s.isLayer() && s.head().isPresent()
                                ? new Selection.OfNode(s.head().get())
                                : new Selection.OfScope(s.path());
                })
                .orElse(Selection.NONE);
    }
}
