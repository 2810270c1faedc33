package dev.lathe.app.graph;

import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.ModelTitle;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.Prediction;
import dev.lathe.profile.OpStats;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// What the graph canvas shows: a model's blocks, which of them are open, their measured or computed cost,
/// the stages they are placed in, and the selection. Knows no pictures; [GraphView] draws it.
///
/// Used on one thread (the window's); trees and layouts are made by `background` and come back through
/// `ui`.
public final class GraphViewModel {

    /// One step of the way to the selection: what to show, and what to select when it is clicked.
    public record Crumb(String label, Selection target) {}

    /// With fewer boxes than this a layout takes less than a frame or two: it is made at once, without a job.
    private static final int AT_ONCE = 500;

    private final Executor background;
    private final Executor ui;
    private final ScopeTrees trees;
    private final ReadOnlyObjectWrapper<Optional<GraphScene>> scene = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Selection> selection = new SimpleObjectProperty<>(Selection.NONE);
    private final ObjectProperty<ColourBy> colourBy = new SimpleObjectProperty<>(ColourBy.TIME);
    private final ReadOnlyObjectWrapper<StageWords> stageWords = new ReadOnlyObjectWrapper<>(StageWords.NONE);
    private final ReadOnlyObjectWrapper<Optional<Placement>> placement = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Map<NodeId, OpStats>> layers = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<Optional<ViewRequest>> request = new ReadOnlyObjectWrapper<>(Optional.empty());
    /// In the order in which they were opened.
    private final LinkedHashSet<String> expanded = new LinkedHashSet<>();
    private Optional<Analysis> analysis = Optional.empty();
    private String title = "";
    /// The model that the shown one is a variant of.
    private Optional<Model> family = Optional.empty();
    private Optional<ScopeTree> tree = Optional.empty();
    private final ReadOnlyObjectWrapper<Duration> wholeRun = new ReadOnlyObjectWrapper<>(Duration.ZERO);
    private final ReadOnlyObjectWrapper<List<TensorCopy>> copies = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Set<NodeId>> marked = new ReadOnlyObjectWrapper<>(Set.of());
    private long version;
    private BorderMoved borderMoved = (border, cut) -> {};
    private MenuAsked menuAsked = (x, y) -> {};
    private Function<NodeId, List<String>> notes = n -> List.of();
    private BorderPlate borderPlate = (border, cut) -> List.of();

    public GraphViewModel(Executor background, Executor ui) {
        this(background, ui, new ScopeTrees());
    }

    private GraphViewModel(Executor background, Executor ui, ScopeTrees trees) {
        this.background = background;
        this.ui = ui;
        this.trees = trees;
    }

    public GraphViewModel(Jobs jobs, Executor ui, ScopeTrees trees) {
        this(
                work -> jobs.submit(Lane.UPKEEP, "Laying out the graph", context -> {
                    work.run();
                    return true;
                }),
                ui,
                trees);
    }

    /// Shows this model by itself, called as its file.
    public void show(Analysis next) {
        show(next, ModelTitle.of(next.model()).name(), next.model());
    }

    /// Shows a variant of `original`, or that itself. What is open and selected stays as long as the original is the
    /// same: blocks that this variant has not are only forgotten by the picture, and are open again in one that has
    /// them.
    public void show(Analysis next, String called, Model original) {
        boolean same =
                analysis.map(a -> a.model().graph() == next.model().graph()).orElse(false);
        boolean related = family.filter(m -> m == original).isPresent();
        analysis = Optional.of(next);
        title = called;
        family = Optional.of(original);
        if (!same) {
            tree = Optional.empty();
        }
        if (!related) {
            expanded.clear();
            selection.set(Selection.NONE);
            layers.set(Map.of());
            copies.set(List.of());
            placement.set(Optional.empty());
        }
        arrange("");
    }

    /// What the shown model is called from now on.
    public void title(String called) {
        title = called;
    }

    /// A block that this variant has not cannot be the selected one.
    private void dropLostSelection(ScopeTree blocks) {
        if (selection.get() instanceof Selection.OfScope(String path)
                && blocks.scope(path).isEmpty()) {
            selection.set(Selection.NONE);
        }
    }

    /// The measured layers; replaces what was measured before. Nothing moves: only colours and numbers
    /// change.
    public void layers(Map<NodeId, OpStats> measured) {
        layers(measured, Duration.ZERO);
    }

    /// The measured layers of a run that took `whole`, with what no layer accounts for; zero when that is not known.
    public void layers(Map<NodeId, OpStats> measured, Duration whole) {
        layers.set(Map.copyOf(measured));
        // After the layers: the last sample of a run has the same as the run itself, but not yet how long all of it
        // took.
        wholeRun.set(whole);
    }

    /// What the measured run copied between devices, by tensors of the shown graph.
    public void copies(List<TensorCopy> next) {
        copies.set(List.copyOf(next));
    }

    ReadOnlyObjectProperty<List<TensorCopy>> copiesProperty() {
        return copies.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Duration> wholeRunProperty() {
        return wholeRun.getReadOnlyProperty();
    }

    public void colourBy(ColourBy by) {
        colourBy.set(by);
    }

    /// Layers that are pointed out beside the selection.
    public void mark(Set<NodeId> layers) {
        marked.set(Set.copyOf(layers));
    }

    /// What else is told of a node under the pointer.
    public void notes(Function<NodeId, List<String>> next) {
        notes = next;
    }

    List<String> notesOn(NodeId node) {
        return notes.apply(node);
    }

    ReadOnlyObjectProperty<Set<NodeId>> markedProperty() {
        return marked.getReadOnlyProperty();
    }

    /// Which stage every node runs in; empty when the model is not split.
    public void placement(Optional<Placement> next) {
        boolean bands = stageBands();
        placement.set(next);
        if (bands || stageBands()) {
            arrange("");
        }
    }

    /// It was picked in the picture. As long as that is still another graph's, it names nothing in this one.
    public void select(Selection what) {
        if (tree.isPresent()) {
            selection.set(what);
        }
    }

    public void expand(String path) {
        if (tree.flatMap(t -> t.scope(path)).isPresent() && expanded.add(path)) {
            arrange(path);
        }
    }

    /// Opens all of these at once.
    public void expandAll(Set<String> paths) {
        if (expanded.addAll(paths)) {
            arrange("");
        }
    }

    public void collapse(String path) {
        if (expanded.remove(path)) {
            arrange(path);
        }
    }

    public void toggle(String path) {
        if (expanded.contains(path)) {
            collapse(path);
        } else {
            expand(path);
        }
    }

    public void collapseAll() {
        if (!expanded.isEmpty()) {
            expanded.clear();
            arrange("");
        }
    }

    public boolean isExpanded(String path) {
        return expanded.contains(path);
    }

    /// Brings the whole graph into sight.
    public void fit() {
        ask(new ViewRequest.Fit());
    }

    /// Brings the selection into sight as large as it can be; without one, the whole graph.
    public void fitSelection() {
        ask(new ViewRequest.FitSelection());
    }

    /// Goes nearer by this factor, or further away below 1.
    public void zoom(double factor) {
        ask(new ViewRequest.Zoom(factor));
    }

    private void ask(ViewRequest what) {
        // The same wish twice is two wishes.
        request.set(Optional.empty());
        request.set(Optional.of(what));
    }

    /// Closes the block that was opened last; says whether one was open.
    public boolean closeNewest() {
        Optional<String> newest =
                expanded.reversed().stream().filter(this::isDrawn).findFirst();
        newest.ifPresent(path -> {
            collapse(path);
            select(new Selection.OfScope(path));
        });
        return newest.isPresent();
    }

    /// Whether every block around it is open.
    private boolean isDrawn(String path) {
        return tree.map(t ->
                        t.ancestors(path).stream().allMatch(s -> s.path().isEmpty() || expanded.contains(s.path())))
                .orElse(false);
    }

    /// Opens what is closed around `what`, brings it into sight and selects it.
    public void reveal(Selection what) {
        selection.set(what);
        boolean opened = false;
        for (String path : whereabouts().around(what)) {
            opened |= expanded.add(path);
        }
        ask(new ViewRequest.Reveal(what));
        if (opened) {
            arrange("");
        }
    }

    /// The way to the selection for the crumb bar, the model first.
    public List<Crumb> crumbs() {
        return whereabouts().crumbs(selection.get());
    }

    private Whereabouts whereabouts() {
        return new Whereabouts(title, analysis, tree);
    }

    /// What is expected of the stages: said beside their names, and on the borders' plates.
    public void expected(Optional<Prediction> prediction) {
        stageWords.set(StageWords.of(prediction));
    }

    ReadOnlyObjectProperty<StageWords> stageWordsProperty() {
        return stageWords.getReadOnlyProperty();
    }

    /// Called when the user drops a stage border.
    public void onBorderMoved(BorderMoved listener) {
        borderMoved = listener;
    }

    /// Called when the user asks for the menu of what is selected.
    public void onMenu(MenuAsked listener) {
        menuAsked = listener;
    }

    void askMenu(double screenX, double screenY) {
        menuAsked.at(screenX, screenY);
    }

    /// Asked for the plate's lines while the user drags a stage border; must answer at once.
    public void borderPlate(BorderPlate plate) {
        borderPlate = plate;
    }

    void moveBorder(int border, int cutPosition) {
        borderMoved.borderMoved(border, cutPosition);
    }

    List<String> plate(int border, int cutPosition) {
        return borderPlate.apply(border, cutPosition);
    }

    private boolean stageBands() {
        return colourBy.get() == ColourBy.STAGE
                && placement.get().map(p -> p.stages().size() > 1).orElse(false);
    }

    /// Makes the scene for the present state, off this thread; only the newest one arrives.
    private void arrange(String around) {
        if (analysis.isEmpty()) {
            return;
        }
        long mine = ++version;
        Analysis of = analysis.get();
        Optional<ScopeTree> known = tree;
        Set<String> open = Set.copyOf(expanded);
        if (known.isPresent() && known.get().root().boxes(open) < AT_ONCE) {
            scene.set(Optional.of(GraphScene.of(of, known, open, around)));
            return;
        }
        background.execute(() -> {
            ScopeTree blocks = known.orElseGet(() -> trees.of(of.model().graph()));
            GraphScene made = GraphScene.of(of, Optional.of(blocks), open, around);
            ui.execute(() -> {
                if (mine == version) {
                    tree = Optional.of(made.tree());
                    dropLostSelection(made.tree());
                    scene.set(Optional.of(made));
                }
            });
        });
    }

    /// What to draw; empty until the first layout is done.
    public ReadOnlyObjectProperty<Optional<GraphScene>> sceneProperty() {
        return scene.getReadOnlyProperty();
    }

    public ObjectProperty<Selection> selectionProperty() {
        return selection;
    }

    public ObjectProperty<ColourBy> colourByProperty() {
        return colourBy;
    }

    public ReadOnlyObjectProperty<Optional<Placement>> placementProperty() {
        return placement.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Map<NodeId, OpStats>> layersProperty() {
        return layers.getReadOnlyProperty();
    }

    /// The newest wish to the view.
    public ReadOnlyObjectProperty<Optional<ViewRequest>> requestProperty() {
        return request.getReadOnlyProperty();
    }

    /// The blocks of the shown model; empty until they are known.
    public Optional<ScopeTree> tree() {
        return tree;
    }

    public Optional<Analysis> analysis() {
        return analysis;
    }
}
