package dev.lathe.app.memory;

import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ProfileRun;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/// The Memory tab without its looks: the lifetimes of tensors, what was measured, and what is selected.
public final class MemoryViewModel {
    private final Jobs jobs;
    private final Executor window;
    private final Consumer<ValueId> select;
    private final ReadOnlyObjectWrapper<MemoryState> state = new ReadOnlyObjectWrapper<>(MemoryState.EMPTY);
    private final ReadOnlyObjectWrapper<Optional<NodeId>> selected = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanProperty process = new SimpleBooleanProperty(false);
    private Optional<Analysis> shown = Optional.empty();
    private Optional<ProfileRun> run = Optional.empty();
    private Optional<Job<MemoryState>> making = Optional.empty();

    /// @param window where results are told
    /// @param select told the tensor that the user picks
    public MemoryViewModel(Jobs jobs, Executor window, Consumer<ValueId> select) {
        this.jobs = jobs;
        this.window = window;
        this.select = select;
    }

    public ReadOnlyObjectProperty<MemoryState> state() {
        return state.getReadOnlyProperty();
    }

    /// The layer whose result is marked.
    public ReadOnlyObjectProperty<Optional<NodeId>> selected() {
        return selected.getReadOnlyProperty();
    }

    /// Whether weights and the process are shown, too, beside which activations are often small.
    public BooleanProperty process() {
        return process;
    }

    public void show(Analysis analysis, Optional<ProfileRun> measured) {
        boolean same = shown.filter(a -> a == analysis).isPresent()
                && run.isPresent() == measured.isPresent()
                && (run.isEmpty() || run.get() == measured.get());
        if (same) {
            return;
        }
        making.ifPresent(Job::cancel);
        shown = Optional.of(analysis);
        run = measured;
        Job<MemoryState> job = jobs.submit(
                Lane.UPKEEP, "Lay out the memory of tensors", c -> MemoryTimeline.of(analysis, measured, c));
        making = Optional.of(job);
        var unused = job.outcome()
                .thenAcceptAsync(
                        o -> {
                            if (o instanceof Outcome.Done<MemoryState>(MemoryState made)
                                    && making.filter(m -> m == job).isPresent()) {
                                state.set(made);
                            }
                        },
                        window);
    }

    public void showNothing() {
        making.ifPresent(Job::cancel);
        making = Optional.empty();
        shown = Optional.empty();
        run = Optional.empty();
        state.set(MemoryState.EMPTY);
    }

    /// The selection that came from elsewhere.
    public void showSelected(Optional<NodeId> node) {
        selected.set(node);
    }

    public void pick(MemoryBlock block) {
        select.accept(block.value());
        selected.set(block.producer());
    }
}
