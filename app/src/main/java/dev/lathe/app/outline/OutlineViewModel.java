package dev.lathe.app.outline;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.parts.CostStrip;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The outline without its looks: which blocks are open, which lines that makes, what each costs.
///
/// Only visible lines are made, so that a model of 50,000 nodes costs no more than what is open of it.
public final class OutlineViewModel {
    /// The last line, when a run's time is shown.
    private static final String OUTSIDE = "outside layers";

    private final ReadOnlyObjectWrapper<OutlineState> state = new ReadOnlyObjectWrapper<>(OutlineState.EMPTY);
    private final ReadOnlyObjectWrapper<Optional<String>> selectedPath = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty filter = new SimpleStringProperty("");
    private final Set<String> open = new HashSet<>();
    private final Consumer<Selection> select;
    private Optional<Shown> shown = Optional.empty();
    private OutlineState instead = OutlineState.EMPTY;
    /// Nothing was opened or closed yet.
    private boolean fresh = true;

    private record Shown(
            Analysis analysis, ScopeTree tree, LayerTimes times, ColourBy colourBy, String title, Amounts amounts) {}

    /// @param select told when the user picks a line
    public OutlineViewModel(Consumer<Selection> select) {
        this.select = select;
        filter.addListener((o, before, now) -> refresh());
    }

    public ReadOnlyObjectProperty<OutlineState> state() {
        return state.getReadOnlyProperty();
    }

    /// Path of the selected line, which is visible.
    public ReadOnlyObjectProperty<Optional<String>> selectedPath() {
        return selectedPath.getReadOnlyProperty();
    }

    public StringProperty filter() {
        return filter;
    }

    /// What is shown next has nothing to do with what was shown until now.
    public void startAnew() {
        open.clear();
        fresh = true;
    }

    public void showNothing() {
        showInstead(OutlineState.EMPTY);
    }

    /// There is a model, but its blocks are still being found: nothing of the one before can be picked.
    public void showAwaited() {
        showInstead(OutlineState.AWAITED);
    }

    private void showInstead(OutlineState next) {
        shown = Optional.empty();
        instead = next;
        selectedPath.set(Optional.empty());
        refresh();
    }

    /// @param title what the model is called
    public void show(Analysis analysis, ScopeTree tree, LayerTimes times, ColourBy colourBy, String title) {
        boolean sameTree = shown.map(s -> s.tree() == tree).orElse(false);
        if (sameTree
                && shown.map(s -> s.analysis() == analysis
                                && s.times().equals(times)
                                && s.colourBy() == colourBy
                                && s.title().equals(title))
                        .orElse(false)) {
            return;
        }
        // What was open stays open: variants of a model share most of their blocks.
        if (fresh) {
            fresh = false;
            open.add(tree.root().path());
            if (tree.root().items().size() == 1 && tree.root().items().getFirst() instanceof ScopeTree.Scope only) {
                open.add(only.path());
            }
        }
        shown = Optional.of(
                new Shown(analysis, tree, times, colourBy, title, new Amounts(analysis, tree, times, colourBy)));
        refresh();
    }

    /// The selection that came from elsewhere: opens what is around it.
    public void showSelected(Selection selection) {
        Optional<String> path = shown.flatMap(s -> pathOf(s.tree(), selection));
        path.ifPresent(p -> {
            boolean opened = false;
            for (ScopeTree.Scope s : shown.orElseThrow().tree().ancestors(p)) {
                opened |= open.add(s.path());
            }
            if (opened) {
                refresh();
            }
        });
        selectedPath.set(path);
    }

    /// A layer's main node and the layer are one line while the layer is closed.
    private Optional<String> pathOf(ScopeTree tree, Selection selection) {
        return switch (selection) {
            case Selection.None n -> Optional.empty();
            case Selection.OfScope(String path) -> tree.item(path).map(ScopeTree.Item::path);
            case Selection.OfNode(var node) -> {
                Optional<ScopeTree.Scope> layer = tree.layerOf(node);
                boolean closed =
                        layer.isPresent() && (!open.contains(layer.get().path()) || !expandable(layer.get()));
                yield closed
                        ? layer.map(ScopeTree.Scope::path)
                        : tree.leaf(node).map(ScopeTree.Leaf::path);
            }
            case Selection.OfValue v -> Optional.empty();
        };
    }

    /// The user picked a line.
    public void pick(OutlineRow row) {
        if (!selectedPath.get().equals(Optional.of(row.path()))) {
            selectedPath.set(Optional.of(row.path()));
            select.accept(row.selects());
        }
    }

    public void toggle(String path) {
        if (!open.remove(path)) {
            open.add(path);
        }
        refresh();
    }

    public void setOpen(String path, boolean wanted) {
        if (wanted ? open.add(path) : open.remove(path)) {
            refresh();
        }
    }

    /// The pieces of a line's strip; asked for when the line is drawn.
    public List<CostStrip.Piece> pieces(String path) {
        return shown.flatMap(s -> s.tree().scope(path).map(s.amounts()::pieces)).orElse(List.of());
    }

    private void refresh() {
        state.set(shown.map(this::build).orElse(instead));
    }

    private OutlineState build(Shown s) {
        List<OutlineRow> rows = new ArrayList<>();
        String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            add(s, s.tree().root(), 0, rows);
            if (open.contains(s.tree().root().path())) {
                s.amounts().outside().ifPresent(o -> rows.add(outside(s, o)));
            }
        } else {
            addMatching(s, s.tree().root(), 0, wanted, rows);
        }
        return new OutlineState(true, rows, s.amounts().words(), !wanted.isEmpty());
    }

    private static OutlineRow outside(Shown s, String amount) {
        return new OutlineRow(
                OUTSIDE,
                OUTSIDE,
                1,
                false,
                false,
                false,
                amount,
                s.amounts().outsidePart(),
                0,
                "what the runtime does between the kernels of layers",
                Selection.NONE);
    }

    private void add(Shown s, ScopeTree.Item item, int depth, List<OutlineRow> rows) {
        boolean expanded = open.contains(item.path()) && item instanceof ScopeTree.Scope o && expandable(o);
        rows.add(row(s, item, depth, expanded));
        if (expanded && item instanceof ScopeTree.Scope scope) {
            for (ScopeTree.Item child : scope.items()) {
                if (!(child instanceof ScopeTree.Leaf l && l.folded())) {
                    add(s, child, depth + 1, rows);
                }
            }
        }
    }

    /// A layer of one node is that node: there is nothing more to see in it.
    private static boolean expandable(ScopeTree.Scope scope) {
        return scope.shownItems() > (scope.isLayer() ? 1 : 0);
    }

    /// Lines that match, with the blocks around them, all open. Tells whether anything was added.
    private boolean addMatching(Shown s, ScopeTree.Item item, int depth, String wanted, List<OutlineRow> rows) {
        int at = rows.size();
        boolean found = depth > 0 && item.label().toLowerCase(Locale.ROOT).contains(wanted);
        if (item instanceof ScopeTree.Scope scope && expandable(scope)) {
            rows.add(row(s, item, depth, true));
            boolean below = false;
            for (ScopeTree.Item child : scope.items()) {
                below |= addMatching(s, child, depth + 1, wanted, rows);
            }
            if (!below) {
                rows.subList(at, rows.size()).clear();
                if (found) {
                    rows.add(row(s, item, depth, false));
                }
            }
            return below || found;
        }
        boolean folded = item instanceof ScopeTree.Leaf l && l.folded();
        if (found && !folded) {
            rows.add(row(s, item, depth, false));
        }
        return found && !folded;
    }

    private OutlineRow row(Shown s, ScopeTree.Item item, int depth, boolean expanded) {
        return switch (item) {
            case ScopeTree.Scope scope ->
                new OutlineRow(
                        scope.path(),
                        depth == 0 ? s.title() : scope.label(),
                        depth,
                        expandable(scope),
                        expanded,
                        depth > 0 && !scope.isLayer(),
                        depth == 0 ? s.amounts().whole(scope) : s.amounts().text(scope),
                        depth == 0 ? 0 : s.amounts().part(scope),
                        s.amounts().heat(scope),
                        scope.nodes().size() + " nodes",
                        depth == 0 ? Selection.NONE : Selection.scope(scope.path()));
            case ScopeTree.Leaf leaf ->
                new OutlineRow(
                        leaf.path(),
                        leaf.label(),
                        depth,
                        false,
                        false,
                        false,
                        s.amounts().text(leaf),
                        s.amounts().part(leaf),
                        s.amounts().heat(leaf),
                        s.analysis()
                                .model()
                                .graph()
                                .node(leaf.node())
                                .map(n -> n.op())
                                .orElse(""),
                        Selection.node(leaf.node()));
        };
    }
}
