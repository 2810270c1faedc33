package dev.lathe.app.panes;

import dev.lathe.app.compare.CompareViewModel;
import dev.lathe.app.compare.RunsViewModel;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.graph.ScopeTrees;
import dev.lathe.app.inspector.Inspected;
import dev.lathe.app.inspector.InspectorViewModel;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.layers.LayersViewModel;
import dev.lathe.app.live.LiveRun;
import dev.lathe.app.live.LiveViewModel;
import dev.lathe.app.memory.MemoryViewModel;
import dev.lathe.app.outline.OutlineViewModel;
import dev.lathe.app.parts.FollowedJob;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.ModelTitle;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.roofline.RooflineViewModel;
import dev.lathe.app.timeline.TimelineSource;
import dev.lathe.app.timeline.TimelineViewModel;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.ceiling.Ceilings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Gives the outline, the inspector, the layers table and the live charts what they show, whenever the project changes,
/// and turns what is picked in them into actions. On the window's thread.
public final class PaneFeed {
    private final Store store;
    private final Executor frames;
    private final BlockTrees trees;
    private final RowsFeed rowsFeed;
    private final OutlineViewModel outline;
    private final InspectorViewModel inspector;
    private final LayersViewModel layers;
    private final LiveViewModel live = new LiveViewModel();
    private final CompareViewModel compare;
    private final RooflineViewModel roofline;
    private final RunsViewModel runs;
    private final MemoryViewModel memory;
    private final TimelineViewModel timeline;
    private LayerTimes times = LayerTimes.NONE;
    private Optional<Map<NodeId, OpStats>> timesOf = Optional.empty();
    private Optional<Shown> shown = Optional.empty();
    /// Whose lines the outline and the layers have now: they are filled a few frames after another model is chosen.
    private Optional<Analysis> outlineOf = Optional.empty();
    private Optional<Analysis> layersOf = Optional.empty();
    private Optional<Analysis> sourceOf = Optional.empty();
    /// The model that was opened.
    private Optional<Model> original = Optional.empty();

    /// What the panes show now: only a difference is passed on.
    private record Shown(
            ModelTitle title,
            Optional<Analysis> analysis,
            Optional<ScopeTree> tree,
            Optional<ShownRows> rows,
            LayerTimes times,
            dev.lathe.app.project.ColourBy colourBy,
            Selection selection,
            Optional<ProfileRun> run,
            Optional<TimelineSource> kernels,
            Optional<Ceilings> ceilings) {}

    /// @param frames runs a task with each frame, where another model fills one pane after the other
    /// @param measuring begins to measure what the shown device gives at most
    public PaneFeed(
            Store store,
            Jobs jobs,
            Executor window,
            Executor frames,
            ScopeTrees scopes,
            Supplier<Optional<Job<Ceilings>>> measuring) {
        this.store = store;
        this.frames = frames;
        trees = new BlockTrees(jobs, window, scopes);
        rowsFeed = new RowsFeed(trees, () -> show(store.state()));
        outline = new OutlineViewModel(s -> pickRow(outlineOf, s));
        layers = new LayersViewModel(n -> pickRow(layersOf, Selection.node(n)));
        inspector = new InspectorViewModel(jobs, window, this::pick);
        compare = new CompareViewModel(this::pickSource);
        runs = new RunsViewModel(jobs, window, this::pickIn);
        memory = new MemoryViewModel(jobs, window, v -> pickRow(layersOf, Selection.value(v)));
        timeline = new TimelineViewModel(jobs, window, n -> pick(Selection.node(n)));
        roofline = new RooflineViewModel(n -> pick(Selection.node(n)), measuring, new FollowedJob(jobs, window));
        store.onAction(a -> {
            if (a instanceof Action.SampleArrived s) {
                live.add(s.run(), s.sample());
            }
        });
        store.listen(this::show);
        show(store.state());
    }

    public OutlineViewModel outline() {
        return outline;
    }

    public InspectorViewModel inspector() {
        return inspector;
    }

    public LayersViewModel layers() {
        return layers;
    }

    public LiveViewModel live() {
        return live;
    }

    public RooflineViewModel roofline() {
        return roofline;
    }

    public MemoryViewModel memory() {
        return memory;
    }

    public TimelineViewModel timeline() {
        return timeline;
    }

    public RunsViewModel runs() {
        return runs;
    }

    public CompareViewModel compare() {
        return compare;
    }

    /// A layer of the source model was picked: selects what stands for it in the shown variant.
    private void pickSource(NodeId node) {
        store.state()
                .shownModel()
                .flatMap(m -> m.graph().nodes().stream()
                        .filter(n -> n.origin().sources().contains(node))
                        .findFirst())
                .ifPresent(n -> store.dispatch(new Action.Select(Selection.node(n.id()))));
    }

    /// A layer of a variant was picked: it is selected where that variant is shown.
    private void pickIn(VariantId variant, NodeId node) {
        if (store.state().selected().equals(variant)) {
            store.dispatch(new Action.Select(Selection.node(node)));
        }
    }

    /// What was picked in lines of another model names nothing in the one that is shown.
    private void pick(Selection what) {
        if (sameInstance(sourceOf.map(Analysis::model), store.state().shownModel())) {
            store.dispatch(new Action.Select(what));
        }
    }

    /// The same of a row, which may be a kernel's: the layer that it stands for is selected.
    private void pickRow(Optional<Analysis> of, Selection row) {
        Optional<ShownRows> rows = shown.flatMap(Shown::rows);
        if (rows.isPresent()
                && sameInstance(of, rows.map(ShownRows::analysis))
                && sameInstance(
                        shown.flatMap(Shown::analysis).map(Analysis::model),
                        store.state().shownModel())) {
            rowsFeed.picked(row);
            store.dispatch(new Action.Select(rows.get().inSource(row)));
        }
    }

    private void show(Project p) {
        compare.show(
                p, p.source().flatMap(Variant::model).flatMap(m -> trees.of(m.graph(), () -> show(store.state()))));
        runs.show(p);
        live.show(LiveRun.of(p));
        Optional<Analysis> analysis = p.shownAnalysis();
        Optional<ScopeTree> tree = analysis.flatMap(a -> trees.of(a.model().graph(), () -> show(store.state())));
        LayerTimes newest = timesOf(p);
        Shown next = new Shown(
                p.shownTitle(),
                analysis,
                tree,
                analysis.map(a -> rowsFeed.of(p, a, tree, newest)),
                newest,
                p.colourBy(),
                p.selection(),
                p.shownRun(),
                analysis.flatMap(a -> kernelsOf(p, a.model().graph())),
                p.shownCeilings());
        if (shown.isPresent() && same(shown.get(), next)) {
            return;
        }
        boolean another = shown.map(s -> !sameInstance(s.tree(), next.tree())
                        || !sameInstance(
                                s.rows().flatMap(ShownRows::tree), next.rows().flatMap(ShownRows::tree)))
                .orElse(true);
        shown = Optional.of(next);
        Optional<Model> opened = p.source().flatMap(Variant::model);
        if (!sameInstance(original, opened)) {
            original = opened;
            outline.startAnew();
        }
        if (analysis.isEmpty()) {
            outline.showNothing();
            layers.showNothing();
            roofline.showNothing();
            memory.showNothing();
            timeline.showNothing();
            inspector.show(next.title(), Optional.empty(), LayerTimes.NONE, Optional.empty(), new Inspected.Whole());
        } else if (tree.isPresent() && next.rows().flatMap(ShownRows::tree).isPresent()) {
            if (another) {
                frames.execute(() -> ifStill(next, () -> showOutline(next)));
                frames.execute(() -> ifStill(next, () -> showInspected(next)));
                frames.execute(() -> ifStill(next, () -> showLayers(next)));
            } else {
                showOutline(next);
                showInspected(next);
                showLayers(next);
            }
        } else {
            outline.showAwaited();
            layers.showAwaited();
            roofline.showNothing();
            inspector.show(next.title(), analysis, next.times(), next.run(), new Inspected.Whole());
        }
    }

    private void ifStill(Shown what, Runnable task) {
        if (shown.filter(s -> s == what).isPresent()) {
            task.run();
        }
    }

    private void showOutline(Shown s) {
        ShownRows rows = s.rows().orElseThrow();
        outlineOf = Optional.of(rows.analysis());
        outline.show(
                rows.analysis(),
                rows.tree().orElseThrow(),
                rows.times(),
                s.colourBy(),
                s.title().name() + rows.remark());
        outline.showSelected(rowsFeed.there(rows, s.selection()));
    }

    private void showLayers(Shown s) {
        ShownRows rows = s.rows().orElseThrow();
        layersOf = Optional.of(rows.analysis());
        sourceOf = s.analysis();
        ScopeTree tree = s.tree().orElseThrow();
        Optional<NodeId> node = nodeOf(tree, s.selection());
        Selection there = rowsFeed.there(rows, s.selection());
        Optional<NodeId> row = nodeOf(rows.tree().orElseThrow(), there);
        layers.showCeilings(s.ceilings());
        layers.show(rows.analysis(), rows.tree().orElseThrow(), rows.times(), rows.asItRuns());
        layers.showSelected(row);
        memory.show(rows.analysis(), s.run());
        memory.showSelected(row.or(() -> producer(rows.analysis(), there)));
        roofline.show(s.analysis().orElseThrow(), tree, s.times(), s.ceilings());
        roofline.showSelected(node);
        timeline.show(s.analysis().orElseThrow().model().graph(), s.kernels());
        timeline.showSelected(node.or(() -> producer(s.analysis().orElseThrow(), s.selection())));
    }

    /// What computes the selected tensor.
    private static Optional<NodeId> producer(Analysis of, Selection selection) {
        return selection instanceof Selection.OfValue(var value)
                ? of.model().graph().producer(value).map(Node::id)
                : Optional.empty();
    }

    private void showInspected(Shown s) {
        Inspected what = inspected(s.analysis().orElseThrow(), s.tree().orElseThrow(), s.selection());
        inspector.show(s.title(), s.analysis(), s.times(), s.run(), what);
    }

    /// By identity where equality would compare thousands of layers.
    private static boolean same(Shown a, Shown b) {
        return a.times() == b.times()
                && a.colourBy() == b.colourBy()
                && a.title().equals(b.title())
                && a.selection().equals(b.selection())
                && sameInstance(a.analysis(), b.analysis())
                && sameInstance(a.tree(), b.tree())
                && sameInstance(a.rows(), b.rows())
                && sameInstance(a.run(), b.run())
                && sameInstance(
                        a.kernels().map(TimelineSource::trace), b.kernels().map(TimelineSource::trace))
                && sameInstance(a.ceilings(), b.ceilings());
    }

    private static boolean sameInstance(Optional<?> a, Optional<?> b) {
        return a.isPresent() == b.isPresent() && (a.isEmpty() || a.get() == b.get());
    }

    /// The newest layers: of the run that goes on, once it has some; else of the last finished one. The same instance
    /// as long as no layer was measured again.
    private LayerTimes timesOf(Project p) {
        Optional<LiveSample> sample = p.run().running() ? p.shownLive().latest() : Optional.empty();
        Optional<LiveSample> measured = sample.filter(s -> !s.layers().isEmpty());
        Optional<Map<NodeId, OpStats>> newest =
                measured.map(LiveSample::layers).or(() -> p.shownRun().map(ProfileRun::layers));
        if (!sameInstance(newest, timesOf) || (measured.isEmpty() && times.running())) {
            timesOf = newest;
            times = measured.map(m -> LayerTimes.of(m).on(p.target()))
                    .or(() -> p.shownRun().map(LayerTimes::of))
                    .orElse(LayerTimes.NONE);
        }
        return times;
    }

    /// Of the run that goes on, once one of it was profiled; else of the last finished one.
    private static Optional<TimelineSource> kernelsOf(Project p, Graph graph) {
        String title = p.shownTitle().name();
        Optional<LiveSample> sample = p.run().running() ? p.shownLive().latest() : Optional.empty();
        return sample.filter(s -> !s.trace().isEmpty())
                .flatMap(s -> p.target().map(t -> TimelineSource.of(title, graph, s, t)))
                .or(() -> p.shownRun().map(r -> TimelineSource.of(title, graph, r)));
    }

    private static Optional<NodeId> nodeOf(ScopeTree tree, Selection selection) {
        return switch (selection) {
            case Selection.OfNode(NodeId n) -> Optional.of(n);
            case Selection.OfScope(String path) ->
                tree.scope(path).filter(ScopeTree.Scope::isLayer).flatMap(ScopeTree.Scope::head);
            case Selection.None n -> Optional.empty();
            case Selection.OfValue v -> Optional.empty();
        };
    }

    private static Inspected inspected(Analysis analysis, ScopeTree tree, Selection selection) {
        return switch (selection) {
            case Selection.None n -> new Inspected.Whole();
            case Selection.OfNode(NodeId n) -> layer(tree, n);
            case Selection.OfScope(String path) ->
                tree.scope(path)
                        .filter(s -> !s.path().equals(tree.root().path()))
                        .map(s -> s.isLayer() && s.head().isPresent()
                                ? layer(tree, s.head().get())
                                : new Inspected.Block(s.path(), s.nodes()))
                        .orElseGet(Inspected.Whole::new);
            case Selection.OfValue(var value) ->
                analysis.model()
                        .graph()
                        .producer(value)
                        .map(Node::id)
                        .map(n -> layer(tree, n))
                        .orElseGet(Inspected.Whole::new);
        };
    }

    /// A layer's main node stands for all of it; any other node stands for itself.
    private static Inspected layer(ScopeTree tree, NodeId node) {
        List<NodeId> together = tree.layerOf(node)
                .filter(s -> s.head().equals(Optional.of(node)))
                .map(ScopeTree.Scope::nodes)
                .orElse(List.of(node));
        return new Inspected.Layer(node, together, tree.layerName(node));
    }
}
