package dev.lathe.app.panes;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.graph.ScopeTrees;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Graph;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;

/// Gets scope trees without waiting: those that are not there yet come from a job, because a large one takes longer
/// than a frame.
final class BlockTrees {
    private final Jobs jobs;
    private final Executor window;
    private final ScopeTrees trees;
    private final Map<Graph, Job<ScopeTree>> making = new WeakHashMap<>();

    BlockTrees(Jobs jobs, Executor window, ScopeTrees trees) {
        this.jobs = jobs;
        this.window = window;
        this.trees = trees;
    }

    /// The tree if it is there; otherwise it is made, and `arrived` runs on the window's thread when it is.
    Optional<ScopeTree> of(Graph graph, Runnable arrived) {
        Optional<ScopeTree> known = trees.known(graph);
        if (known.isEmpty() && making.get(graph) == null) {
            Job<ScopeTree> job = jobs.submit(Lane.UPKEEP, "Find the model's blocks", c -> trees.of(graph));
            making.put(graph, job);
            job.outcome()
                    .thenAcceptAsync(
                            o -> {
                                making.remove(graph);
                                if (o instanceof Outcome.Done<ScopeTree>) {
                                    arrived.run();
                                }
                            },
                            window);
        }
        return known;
    }
}
