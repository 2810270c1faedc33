package dev.lathe.app.graph;

import dev.lathe.graph.Graph;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The scope trees of the graphs that were shown, each made once for all who ask: canvas, panes and schedule. A
/// tree holds its graph, so it is kept softly: it goes when memory is wanted, and the graph with it.
public final class ScopeTrees {
    private final Map<Graph, Entry> entries = new WeakHashMap<>();

    /// Any thread; takes as long as [ScopeTree#of] the first time, and who asks meanwhile waits for that.
    public ScopeTree of(Graph graph) {
        return entry(graph).tree(graph);
    }

    /// The tree if it was made already; never waits for one.
    public Optional<ScopeTree> known(Graph graph) {
        return entry(graph).known();
    }

    private Entry entry(Graph graph) {
        synchronized (entries) {
            return entries.computeIfAbsent(graph, g -> new Entry());
        }
    }

    private static final class Entry {
        private final ReentrantLock making = new ReentrantLock();
        private volatile Optional<SoftReference<ScopeTree>> made = Optional.empty();

        Optional<ScopeTree> known() {
            return made.flatMap(r -> Optional.ofNullable(r.get()));
        }

        ScopeTree tree(Graph graph) {
            making.lock();
            try {
                Optional<ScopeTree> known = known();
                if (known.isPresent()) {
                    return known.get();
                }
                ScopeTree tree = ScopeTree.of(graph);
                made = Optional.of(new SoftReference<>(tree));
                return tree;
            } finally {
                making.unlock();
            }
        }
    }
}
