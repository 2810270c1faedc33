package dev.lathe.app.layers;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.project.SourceKind;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ceiling.Ceilings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The layers table without its looks: rows from the analysis and the newest measurement, the filter, the sums.
public final class LayersViewModel {
    private final ReadOnlyObjectWrapper<LayersState> state = new ReadOnlyObjectWrapper<>(LayersState.EMPTY);
    private final ReadOnlyObjectWrapper<Optional<NodeId>> selected = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty filter = new SimpleStringProperty("");
    private final Consumer<NodeId> select;
    private final BooleanProperty perNode = new SimpleBooleanProperty(false);
    private Optional<Shown> shown = Optional.empty();
    private LayersState instead = LayersState.EMPTY;
    private LayerTimes times = LayerTimes.NONE;
    private Optional<Ceilings> ceilings = Optional.empty();

    private record Shown(Analysis analysis, ScopeTree tree, boolean asItRuns) {}

    /// @param select told when the user picks a layer in the table
    public LayersViewModel(Consumer<NodeId> select) {
        this.select = select;
        filter.addListener((o, before, now) -> refresh());
        perNode.addListener((o, before, now) -> refresh());
    }

    public ReadOnlyObjectProperty<LayersState> state() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<NodeId>> selected() {
        return selected.getReadOnlyProperty();
    }

    /// Whether each node has its own row, rather than each layer.
    public BooleanProperty perNode() {
        return perNode;
    }

    public StringProperty filter() {
        return filter;
    }

    /// Shows another model or another measurement of it; nothing is done when both are what is shown.
    public void show(Analysis next, ScopeTree blocks, LayerTimes measured) {
        show(next, blocks, measured, false);
    }

    /// @param asItRuns whether these are the kernels of the graph that the runtime made, rather than the model's layers
    public void show(Analysis next, ScopeTree blocks, LayerTimes measured, boolean asItRuns) {
        boolean same =
                shown.filter(s -> s.analysis() == next && s.tree() == blocks).isPresent();
        if (!same || !measured.equals(times)) {
            shown = Optional.of(new Shown(next, blocks, asItRuns));
            times = measured;
            refresh();
        }
    }

    /// What the device of the measurement gives at most.
    public void showCeilings(Optional<Ceilings> next) {
        if (!next.equals(ceilings)) {
            ceilings = next;
            refresh();
        }
    }

    public void showNothing() {
        showInstead(LayersState.EMPTY);
    }

    /// There is a model, but its layers are still being found: nothing of the one before can be picked.
    public void showAwaited() {
        showInstead(LayersState.AWAITED);
    }

    private void showInstead(LayersState next) {
        shown = Optional.empty();
        instead = next;
        times = LayerTimes.NONE;
        refresh();
    }

    /// The selection that came from elsewhere.
    public void showSelected(Optional<NodeId> node) {
        selected.set(node);
    }

    /// The user picked a row.
    public void pick(NodeId node) {
        if (!selected.get().equals(Optional.of(node))) {
            selected.set(Optional.of(node));
            select.accept(node);
        }
    }

    private void refresh() {
        state.set(shown.map(this::build).orElse(instead));
    }

    private LayersState build(Shown s) {
        String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
        LayerRows rows = LayerRows.of(s.analysis(), s.tree(), times, CeilingShares.of(s.analysis(), ceilings));
        // Each node of the engine's graph is a kernel that has a time of its own.
        List<LayerRow> every = perNode.get() || s.asItRuns() ? rows.perNode() : rows.perLayer();
        List<LayerRow> found = wanted.isEmpty()
                ? every
                : every.stream().filter(r -> r.matches(wanted)).toList();
        double largest = every.stream().mapToDouble(LayerRow::share).max().orElse(0);
        return new LayersState(
                true,
                every.size(),
                rows.places().size(),
                s.asItRuns(),
                found,
                times,
                sums(s.analysis(), found, found.size() == every.size()),
                largest);
    }

    private LayersState.Sums sums(Analysis analysis, List<LayerRow> rows, boolean all) {
        long flops = 0;
        long weights = 0;
        boolean flopsKnown = true;
        boolean weightsKnown = SourceKind.of(analysis.model()).isRead();
        Duration time = Duration.ZERO;
        for (LayerRow r : rows) {
            flops += r.flops().orElse(0);
            flopsKnown &= r.flops().isPresent();
            weights += r.weightBytes().orElse(0);
            weightsKnown &= r.weightBytes().isPresent();
            time = time.plus(r.timing().map(LayerRow.Timing::time).orElse(Duration.ZERO));
        }
        if (all) {
            // Rows have one execution of what stands in bodies, also of the branch that is not taken.
            OptionalLong work = analysis.costs().total().flops().fixed();
            flops = work.orElse(0);
            flopsKnown = work.isPresent() && SourceKind.of(analysis.model()).isRead();
        }
        Optional<Duration> outside = all ? times.outside() : Optional.empty();
        Duration whole = time.plus(outside.orElse(Duration.ZERO));
        return new LayersState.Sums(
                times.measured() ? Optional.of(whole) : Optional.empty(),
                outside,
                flopsKnown ? OptionalLong.of(flops) : OptionalLong.empty(),
                weightsKnown ? OptionalLong.of(weights) : OptionalLong.empty(),
                times.share(whole));
    }
}
