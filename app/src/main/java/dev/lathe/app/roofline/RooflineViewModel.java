package dev.lathe.app.roofline;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.parts.FollowedJob;
import dev.lathe.core.Job;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ceiling.Ceilings;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The Roofline tab without its looks: the measured layers as dots, the ceilings of their device, and the job that
/// measures these.
public final class RooflineViewModel {
    private final ReadOnlyObjectWrapper<RooflineState> state = new ReadOnlyObjectWrapper<>(RooflineState.EMPTY);
    private final ReadOnlyObjectWrapper<Optional<NodeId>> selected = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Consumer<NodeId> select;
    private final Supplier<Optional<Job<Ceilings>>> measuring;
    private final FollowedJob job;
    private Optional<Shown> shown = Optional.empty();

    private record Shown(Analysis analysis, ScopeTree tree, LayerTimes times, Optional<Ceilings> ceilings) {}

    /// @param select told the layer that the user picks
    /// @param measuring begins to measure the shown device
    public RooflineViewModel(Consumer<NodeId> select, Supplier<Optional<Job<Ceilings>>> measuring, FollowedJob job) {
        this.select = select;
        this.measuring = measuring;
        this.job = job;
    }

    public ReadOnlyObjectProperty<RooflineState> state() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<NodeId>> selected() {
        return selected.getReadOnlyProperty();
    }

    /// How far the device's measuring is; empty while it is not measured.
    public ReadOnlyObjectProperty<Optional<Job.Progress>> measuring() {
        return job.progress();
    }

    public void measure() {
        if (job.progress().get().isEmpty()) {
            measuring.get().ifPresent(job::follow);
        }
    }

    public void cancel() {
        job.cancel();
    }

    public void show(Analysis analysis, ScopeTree tree, LayerTimes times, Optional<Ceilings> ceilings) {
        boolean same = shown.filter(s -> s.analysis() == analysis
                        && s.tree() == tree
                        && s.times() == times
                        && s.ceilings().equals(ceilings))
                .isPresent();
        if (!same) {
            shown = Optional.of(new Shown(analysis, tree, times, ceilings));
            state.set(RooflineDots.of(analysis, tree, times, ceilings));
        }
    }

    public void showNothing() {
        shown = Optional.empty();
        state.set(RooflineState.EMPTY);
    }

    /// The selection that came from elsewhere.
    public void showSelected(Optional<NodeId> node) {
        selected.set(node);
    }

    /// The user clicked a dot.
    public void pick(RooflineDot dot) {
        selected.set(Optional.of(dot.head()));
        select.accept(dot.head());
    }

    /// The dot of the selected layer.
    Optional<RooflineDot> selectedDot() {
        return selected.get()
                .flatMap(n -> state.get().dots().stream()
                        .filter(d -> d.nodes().contains(n))
                        .findFirst());
    }
}
