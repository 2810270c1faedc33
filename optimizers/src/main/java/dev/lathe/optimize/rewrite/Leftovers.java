package dev.lathe.optimize.rewrite;

import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.ValueId;
import java.util.Set;

/// Weights that a rewrite has replaced.
public final class Leftovers {
    private Leftovers() {}

    /// Drops those of `replaced` (initializers, or Constant nodes) that nothing in this graph reads any more.
    public static Graph drop(Graph graph, Set<ValueId> replaced) {
        // No ids are handed out here, so the counters do not matter.
        Editor edit = graph.edit(new IdSpace(0, 0));
        for (ValueId v : replaced) {
            if (graph.consumers(v).isEmpty() && !graph.isOutput(v)) {
                if (graph.initializer(v).isPresent()) {
                    edit.removeInitializer(v);
                }
                graph.producer(v).ifPresent(n -> edit.remove(n.id()));
            }
        }
        return edit.commit();
    }
}
