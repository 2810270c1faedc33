package dev.lathe.app.panes;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Graph;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;

/// The scope trees of the graphs that were shown, each made once and off the window's thread: a large one takes longer
/// than a frame.
final class BlockTrees {
    private final Jobs jobs;
    private final Executor window;
    private final Map<Graph, ScopeTree> made = new WeakHashMap<>();
    private final Map<Graph, Job<ScopeTree>> making = new WeakHashMap<>();

    BlockTrees(Jobs jobs, Executor window) {
        this.jobs = jobs;
        this.window = window;
    }

    /// The tree if it is there; otherwise it is made, and `arrived` runs on the window's thread when it is.
    Optional<ScopeTree> of(Graph graph, Runnable arrived) {
        ScopeTree known = made.get(graph);
        if (known == null && making.get(graph) == null) {
            Job<ScopeTree> job = jobs.submit(Lane.BACKGROUND, "Find the model's blocks", c -> ScopeTree.of(graph));
            making.put(graph, job);
            job.outcome()
                    .thenAcceptAsync(
                            o -> {
                                making.remove(graph);
                                if (o instanceof Outcome.Done<ScopeTree>(ScopeTree tree)) {
                                    made.put(graph, tree);
                                    arrived.run();
                                }
                            },
                            window);
        }
        return Optional.ofNullable(known);
    }
}
