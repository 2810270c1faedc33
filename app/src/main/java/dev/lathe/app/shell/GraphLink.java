package dev.lathe.app.shell;

import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.GraphSide;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.RuntimeSelection;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.app.project.Variant;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.value.ObservableValue;

/// Keeps the graph's view model and the store in step: what is shown, measured, selected, coloured.
///
/// The store knows ids of the model's own graph. While the canvas shows the one that the runtime made of it, what is
/// picked there is told as the layer behind it, and what is picked elsewhere is shown as the kernel that it went into.
public final class GraphLink {
    private final Store store;
    private final GraphViewModel graph;
    private final CrumbBar crumbs;
    private Optional<RuntimeSelection> runtime = Optional.empty();
    /// Layers that findings point out.
    private Set<NodeId> found = Set.of();
    /// The layers behind the kernel that was picked last.
    private Set<NodeId> behind = Set.of();
    /// What to bring into sight as soon as its graph's blocks are known.
    private Optional<Selection> awaited = Optional.empty();
    /// Whether the canvas is told something, rather than telling.
    private boolean telling;

    private GraphLink(Store store, GraphViewModel graph, CrumbBar crumbs) {
        this.store = store;
        this.graph = graph;
        this.crumbs = crumbs;
    }

    /// @param found layers that findings point out
    public static void tie(Store store, GraphViewModel graph, CrumbBar crumbs, ObservableValue<Set<NodeId>> found) {
        new GraphLink(store, graph, crumbs).tie(found);
    }

    private void tie(ObservableValue<Set<NodeId>> pointedOut) {
        store.observe(p -> new Seen(p.shownAnalysis(), p.shownRuntimeGraph()), this::show);
        // Two variants can have one analysis, and a variant can be renamed. One that is still made shows nothing yet.
        store.observe(p -> p.shownAnalysis().map(a -> title(p)), title -> {
            title.ifPresent(graph::title);
            crumbs.showCrumbs();
        });
        store.observe(GraphLink::measured, m -> graph.layers(m.layers(), m.wholeRun()));
        store.observe(
                p -> new Copying(p.shownRuntimeGraph(), p.shownRun()),
                c -> graph.copies(c.in(store.state().shownModel())));
        store.observe(Project::placement, placement -> placed());
        store.observe(Project::colourBy, c -> {
            graph.colourBy(c);
            showColour();
        });
        store.observe(p -> p.placement().isPresent(), split -> showColour());
        store.observe(
                p -> p.runtimeGraph().isPresent(),
                known -> crumbs.showSide(
                        runtime.isPresent() ? GraphSide.RUNTIME : GraphSide.SOURCE,
                        store.state().runtimeGraph().isPresent()));
        store.observe(Project::selection, this::showSelected);
        graph.selectionProperty().addListener((o, before, now) -> picked(now));
        graph.colourByProperty().addListener((o, before, now) -> store.dispatch(new Action.SetColourBy(now)));
        graph.sceneProperty().addListener((o, before, now) -> {
            Optional<Selection> what = awaited.filter(s -> graph.tree().isPresent());
            if (what.isPresent()) {
                awaited = Optional.empty();
                reveal(what.get());
            }
            crumbs.showCrumbs();
        });
        pointedOut.subscribe(layers -> {
            found = layers;
            mark();
        });
    }

    /// The graph that the canvas shows. By identity: comparing two large graphs takes long.
    private record Seen(Optional<Analysis> analysis, Optional<RuntimeGraph> runtime) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Seen s && same(analysis, s.analysis) && same(runtime, s.runtime);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(analysis.orElse(null)) + System.identityHashCode(runtime.orElse(null));
        }

        private static boolean same(Optional<?> a, Optional<?> b) {
            return a.isPresent() == b.isPresent() && (a.isEmpty() || a.get() == b.get());
        }
    }

    /// The run whose copies between devices the canvas shows, and in which graph.
    private record Copying(Optional<RuntimeGraph> runtime, Optional<ProfileRun> run) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Copying c && Seen.same(runtime, c.runtime) && Seen.same(run, c.run);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(runtime.orElse(null)) + System.identityHashCode(run.orElse(null));
        }

        List<TensorCopy> in(Optional<Model> source) {
            return run.flatMap(r -> runtime.map(g -> TensorCopy.inRuntime(g, r))
                            .or(() -> source.map(m -> TensorCopy.inSource(m.graph(), r))))
                    .orElse(List.of());
        }
    }

    private void show(Seen seen) {
        if (seen.analysis().isPresent()) {
            boolean turned = runtime.isPresent() || seen.runtime().isPresent();
            runtime = seen.runtime()
                    .map(r -> new RuntimeSelection(r, seen.analysis().get().model()));
            telling = true;
            if (turned) {
                // It is an id of the graph that goes.
                graph.selectionProperty().set(Selection.NONE);
            }
            Project p = store.state();
            p.source()
                    .flatMap(Variant::model)
                    .ifPresent(original -> graph.show(
                            seen.runtime()
                                    .map(RuntimeGraph::analysis)
                                    .orElse(seen.analysis().get()),
                            title(p),
                            original));
            telling = false;
            placed();
            if (turned) {
                awaited = Optional.of(there(p.selection())).filter(s -> !s.equals(Selection.NONE));
                graph.notes(n -> runtime.map(r -> r.words(n)).orElse(List.of()));
                mark();
            }
        }
        crumbs.showSide(
                runtime.isPresent() ? GraphSide.RUNTIME : GraphSide.SOURCE,
                store.state().runtimeGraph().isPresent());
        showColour();
        crumbs.showCrumbs();
    }

    private static String title(Project p) {
        return p.shownTitle().name() + (p.shownRuntimeGraph().isPresent() ? " · as it runs" : "");
    }

    private void placed() {
        graph.placement(runtime.isPresent() ? Optional.empty() : store.state().placement());
    }

    private void showColour() {
        Project p = store.state();
        crumbs.showColour(p.colourBy(), p.placement().isPresent() && runtime.isEmpty());
    }

    /// What the store's selection is in the graph that is shown.
    private Selection there(Selection s) {
        return runtime.map(r -> r.ofSource(s)).orElse(s);
    }

    /// The store's selection is another one.
    private void showSelected(Selection s) {
        Selection now = graph.selectionProperty().get();
        boolean shown = runtime.map(r -> r.standsFor(now, s)).orElse(s.equals(now));
        if (!s.asNode().map(behind::contains).orElse(false)) {
            behind = Set.of();
        }
        if (!shown) {
            reveal(there(s));
        }
        mark();
        crumbs.showCrumbs();
    }

    private void reveal(Selection what) {
        telling = true;
        graph.reveal(what);
        telling = false;
    }

    /// Something was picked on the canvas.
    private void picked(Selection now) {
        if (!telling) {
            behind = runtime.flatMap(r -> now.asNode().map(r::layersOf)).orElse(Set.of());
            store.dispatch(new Action.Select(runtime.map(r -> r.inSource(now)).orElse(now)));
        }
        crumbs.showCrumbs();
    }

    /// Of the model's own graph what findings tell of, and all layers of the kernel that was picked; of the
    /// runtime's the kernels of these and of the layer that is selected.
    private void mark() {
        if (runtime.isEmpty()) {
            Set<NodeId> all = new HashSet<>(found);
            all.addAll(behind);
            graph.mark(all);
            return;
        }
        Set<NodeId> kernels = new HashSet<>();
        found.forEach(l -> kernels.addAll(runtime.get().kernelsOf(l)));
        store.state()
                .selection()
                .asNode()
                .ifPresent(l -> kernels.addAll(runtime.get().kernelsOf(l)));
        graph.mark(kernels);
    }

    /// What the canvas is told of a run.
    private record Measured(Map<NodeId, OpStats> layers, Duration wholeRun) {}

    /// The newest that was measured: live while it runs, else the last run. What the runtime's own graph shows is of
    /// the run that told it.
    private static Measured measured(Project p) {
        Optional<Measured> kernels =
                p.shownRuntimeGraph().flatMap(g -> p.shownRun().map(r -> new Measured(g.kernels(), r.layerSum())));
        Optional<Measured> live = p.shownLive()
                .latest()
                .filter(s -> p.run().running() && !s.layers().isEmpty())
                .map(s -> new Measured(
                        s.layers(),
                        s.layers().values().stream().map(OpStats::typical).reduce(s.outsideLayers(), Duration::plus)));
        return kernels.or(() -> live)
                .or(() -> p.shownRun().map(r -> new Measured(r.layers(), r.layerSum())))
                .orElse(new Measured(Map.of(), Duration.ZERO));
    }
}
