package dev.lathe.app;

import dev.lathe.app.project.Action;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Store;
import dev.lathe.app.toolbar.CommandPalette.Hit;
import dev.lathe.core.OneLine;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Layers and tensors of the shown model by name, for the command palette.
final class SearchHits {
    private static final int MOST = 40;

    private SearchHits() {}

    static List<Hit> of(Store store, String query) {
        Optional<Model> model = store.state().shownModel();
        if (model.isEmpty()) {
            return List.of();
        }
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        List<Hit> hits = new ArrayList<>();
        Graph graph = model.get().graph();
        for (Node n : graph.nodes()) {
            if (hits.size() < MOST && n.shownName().toLowerCase(Locale.ROOT).contains(wanted)) {
                hits.add(new Hit(
                        "mdi2c-cube-outline",
                        OneLine.of(n.shownName()),
                        n.qualifiedOp(),
                        "",
                        () -> store.dispatch(new Action.Select(Selection.node(n.id())))));
            }
        }
        for (Value v : graph.values()) {
            if (hits.size() < 2 * MOST && v.name().toLowerCase(Locale.ROOT).contains(wanted)) {
                hits.add(new Hit(
                        "mdi2v-vector-line",
                        OneLine.of(v.name()),
                        "tensor",
                        "",
                        () -> store.dispatch(new Action.Select(Selection.value(v.id())))));
            }
        }
        return hits;
    }
}
