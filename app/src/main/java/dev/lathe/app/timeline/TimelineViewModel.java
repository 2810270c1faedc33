package dev.lathe.app.timeline;

import dev.lathe.app.parts.FollowedJob;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The Timeline tab without its looks: the kernels of the shown variant's run or of a trace file, what is picked, and
/// the stretch of time that is summed up. On the window's thread.
public final class TimelineViewModel {
    private final Jobs jobs;
    private final Executor window;
    private final Consumer<NodeId> select;
    private final FollowedJob reading;
    private final ReadOnlyObjectWrapper<TimelineState> state = new ReadOnlyObjectWrapper<>(TimelineState.EMPTY);
    private final ReadOnlyObjectWrapper<Optional<NodeId>> selected = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Slice>> picked = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<RangeSum>> range = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Graph> graph = Optional.empty();
    private Optional<TimelineSource> source = Optional.empty();
    private Optional<Timeline> run = Optional.empty();
    private Optional<Job<Timeline>> making = Optional.empty();
    private Optional<Job<Timeline>> opening = Optional.empty();

    /// @param window where results are told
    /// @param select told the layer whose kernel the user picks
    public TimelineViewModel(Jobs jobs, Executor window, Consumer<NodeId> select) {
        this.jobs = jobs;
        this.window = window;
        this.select = select;
        reading = new FollowedJob(jobs, window);
    }

    public ReadOnlyObjectProperty<TimelineState> state() {
        return state.getReadOnlyProperty();
    }

    /// The layer whose kernels are marked.
    public ReadOnlyObjectProperty<Optional<NodeId>> selected() {
        return selected.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Slice>> picked() {
        return picked.getReadOnlyProperty();
    }

    /// What ran in the stretch of time that the user marked.
    ReadOnlyObjectProperty<Optional<RangeSum>> range() {
        return range.getReadOnlyProperty();
    }

    /// How far reading a file is; empty while none is read.
    public ReadOnlyObjectProperty<Optional<Job.Progress>> reading() {
        return reading.progress();
    }

    /// A model, and its newest profiled run, if there is one.
    public void show(Graph model, Optional<TimelineSource> next) {
        graph = Optional.of(model);
        boolean same = next.isPresent() == source.isPresent()
                && (next.isEmpty() || next.get().same(source.get()));
        if (same) {
            if (!state.get().hasModel()) {
                tell();
            }
            return;
        }
        making.ifPresent(Job::cancel);
        boolean another = next.isEmpty()
                || source.isEmpty()
                || next.get().graph() != source.get().graph();
        source = next;
        if (another) {
            run = Optional.empty();
            tell();
        }
        next.filter(s -> !s.trace().isEmpty()).ifPresent(this::make);
    }

    private void make(TimelineSource of) {
        Job<Timeline> job = jobs.submit(Lane.UPKEEP, "Lay out the kernels of a run", c -> RunTimeline.of(of, c));
        making = Optional.of(job);
        var unused = job.outcome()
                .thenAcceptAsync(
                        o -> {
                            if (making.filter(m -> m == job).isPresent()
                                    && o instanceof Outcome.Done<Timeline>(var t)) {
                                run = Optional.of(t);
                                tell();
                            }
                        },
                        window);
    }

    public void showNothing() {
        making.ifPresent(Job::cancel);
        making = Optional.empty();
        source = Optional.empty();
        run = Optional.empty();
        graph = Optional.empty();
        tell();
    }

    /// The selection that came from elsewhere.
    public void showSelected(Optional<NodeId> node) {
        selected.set(node);
    }

    /// Reads a trace file and shows it in place of the run.
    public void open(Path file) {
        cancel();
        Map<String, NodeId> nodes = graph.map(TimelineViewModel::names).orElse(Map.of());
        Job<Timeline> job =
                jobs.submit(Lane.BACKGROUND, "Read " + file.getFileName(), c -> TraceFile.read(file, nodes, c));
        opening = Optional.of(job);
        reading.follow(job);
        var unused = job.outcome()
                .thenAcceptAsync(
                        o -> {
                            if (opening.filter(j -> j == job).isPresent()) {
                                opened(file, o);
                            }
                        },
                        window);
    }

    private void opened(Path file, Outcome<Timeline> outcome) {
        opening = Optional.empty();
        TimelineState s = state.get();
        switch (outcome) {
            case Outcome.Done<Timeline>(Timeline t) -> {
                forget();
                state.set(new TimelineState(s.hasModel(), Optional.of(t), Optional.of(file), Optional.empty()));
            }
            case Outcome.Failed<Timeline> f ->
                state.set(new TimelineState(s.hasModel(), s.timeline(), s.file(), Optional.of(f.diagnostic())));
            case Outcome.Cancelled<Timeline> c -> {
                // What was shown stays.
            }
        }
    }

    /// Stops reading a file.
    public void cancel() {
        opening.ifPresent(Job::cancel);
    }

    /// Puts the file away: the run is shown again.
    public void close() {
        cancel();
        state.set(new TimelineState(graph.isPresent(), run, Optional.empty(), Optional.empty()));
        forget();
    }

    private void forget() {
        picked.set(Optional.empty());
        range.set(Optional.empty());
    }

    private static Map<String, NodeId> names(Graph graph) {
        Map<String, NodeId> names = new HashMap<>();
        for (NodePlace p : NodePlace.all(graph)) {
            names.putIfAbsent(p.node().shownName(), p.node().id());
            names.putIfAbsent(p.shownName(), p.node().id());
        }
        return names;
    }

    private void tell() {
        TimelineState s = state.get();
        if (s.file().isPresent()) {
            state.set(new TimelineState(graph.isPresent(), s.timeline(), s.file(), s.trouble()));
        } else {
            forget();
            state.set(new TimelineState(graph.isPresent(), run, Optional.empty(), s.trouble()));
        }
    }

    /// The user clicked a slice; its layer is selected everywhere.
    void pick(Optional<Slice> slice) {
        picked.set(slice);
        slice.flatMap(s -> s.nodes().stream().findFirst()).ifPresent(n -> {
            selected.set(Optional.of(n));
            select.accept(n);
        });
    }

    /// The user marked a stretch of time, in µs.
    void mark(double from, double to) {
        range.set(from == to ? Optional.empty() : state.get().timeline().map(t -> RangeSum.of(t, from, to)));
    }

    void unmark() {
        range.set(Optional.empty());
    }
}
