package dev.lathe.graph.edit;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import java.util.ArrayList;
import java.util.List;

/// Applies a rewrite to the main graph and all graphs nested in it (branches of If, bodies of Loop and Scan),
/// innermost first. Model-local functions are left alone: they have callers with attributes of their own.
public final class EveryGraph {
    private EveryGraph() {}

    /// A rewrite of one graph that does not look into its subgraphs. Returns the same instance when it
    /// changes nothing.
    @FunctionalInterface
    public interface Change {
        Graph apply(Graph graph, IdSpace ids) throws LatheException;
    }

    public static Model rewrite(Model model, Change change) throws LatheException {
        return model.withGraph(walk(model.graph(), model.newIds(), change));
    }

    private static Graph walk(Graph graph, IdSpace ids, Change change) throws LatheException {
        Editor edit = graph.edit(ids);
        for (Node n : graph.nodes()) {
            if (!n.subgraphs().isEmpty()) {
                Attrs next = walk(n.attrs(), ids, change);
                if (next != n.attrs()) {
                    edit.replace(n.withAttrs(next));
                }
            }
        }
        return change.apply(edit.commit(), ids);
    }

    private static Attrs walk(Attrs attrs, IdSpace ids, Change change) throws LatheException {
        List<Attrs.Entry> next = new ArrayList<>();
        boolean changed = false;
        for (Attrs.Entry e : attrs.entries()) {
            Attr value = e.value();
            if (value instanceof Attr.GraphAttr(Graph g)) {
                Graph rewritten = walk(g, ids, change);
                value = rewritten == g ? value : new Attr.GraphAttr(rewritten);
            } else if (value instanceof Attr.GraphsAttr(List<Graph> gs)) {
                List<Graph> rewritten = new ArrayList<>();
                for (Graph g : gs) {
                    rewritten.add(walk(g, ids, change));
                }
                boolean same = true;
                for (int i = 0; i < gs.size(); i++) {
                    same &= gs.get(i) == rewritten.get(i);
                }
                value = same ? value : new Attr.GraphsAttr(rewritten);
            }
            changed |= value != e.value();
            next.add(value == e.value() ? e : new Attrs.Entry(e.name(), value, e.extra()));
        }
        return changed ? new Attrs(next) : attrs;
    }
}
