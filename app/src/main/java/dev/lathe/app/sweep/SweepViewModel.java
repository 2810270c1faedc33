package dev.lathe.app.sweep;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.SweepState;
import dev.lathe.core.ByteSize;
import dev.lathe.profile.sweep.Sweep;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import dev.lathe.profile.sweep.SweepValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The Sweep tab without its looks: what is to be varied, as the user writes it, and what a sweep has found.
public final class SweepViewModel {
    private static final int MOST_RUNS = 100_000;
    private static final int MOST_STREAMS = 256;

    /// What the tab's buttons do.
    public interface Owner {
        void start(SweepAxes axes, int runs, Optional<Long> limit);

        void pause();

        void resume();

        void cancel();

        void limit(Optional<Long> bytes);
    }

    private final Owner owner;
    private final ReadOnlyObjectWrapper<SweepShown> state = new ReadOnlyObjectWrapper<>(SweepShown.EMPTY);
    private final ObjectProperty<Optional<SweepAxis>> first = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<SweepAxis>> second = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty firstValues = new SimpleStringProperty("");
    private final StringProperty secondValues = new SimpleStringProperty("");
    private final StringProperty runs = new SimpleStringProperty("20");
    private final StringProperty limit = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Optional<Plan> plan = Optional.empty();
    private int cores = 1;

    /// What the form says, when it says something that can be measured.
    private record Plan(SweepAxes axes, int runs, Optional<Long> limit) {}

    public SweepViewModel(Owner owner) {
        this.owner = owner;
        first.addListener((o, before, now) -> firstValues.set(suggested(now)));
        second.addListener((o, before, now) -> secondValues.set(suggested(now)));
        List.of(firstValues, secondValues, runs, limit).forEach(p -> p.addListener((o, before, now) -> check()));
        limit.addListener((o, before, now) -> plan.ifPresent(p -> owner.limit(p.limit())));
    }

    public ReadOnlyObjectProperty<SweepShown> state() {
        return state.getReadOnlyProperty();
    }

    /// What is varied, along the axis of the curves.
    public ObjectProperty<Optional<SweepAxis>> first() {
        return first;
    }

    /// What else is varied, a curve for each value; usually nothing.
    public ObjectProperty<Optional<SweepAxis>> second() {
        return second;
    }

    public StringProperty firstValues() {
        return firstValues;
    }

    public StringProperty secondValues() {
        return secondValues;
    }

    public StringProperty runs() {
        return runs;
    }

    /// Memory within which the best point is looked for, e.g. `2GiB`; empty for any.
    public StringProperty limit() {
        return limit;
    }

    /// Why nothing can be measured as it is written; empty when it can.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    public void start() {
        plan.ifPresent(p -> owner.start(p.axes(), p.runs(), p.limit()));
    }

    public void pause() {
        owner.pause();
    }

    public void resume() {
        owner.resume();
    }

    public void cancel() {
        owner.cancel();
    }

    /// How many points the form's sweep has; 0 while it cannot be measured.
    public int planned() {
        return plan.map(p -> count(p.axes())).orElse(0);
    }

    private static int count(SweepAxes axes) {
        long count = (long) Math.max(1, axes.threads().size())
                * Math.max(1, axes.streams().size());
        for (List<Long> sizes : axes.sizes().values()) {
            count *= sizes.size();
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    /// @param free the dimensions that the model leaves open
    public void show(Project p, Set<String> free) {
        cores = Math.max(1, p.threads());
        List<SweepAxis> axes = axes(p, free);
        Optional<SweepState> sweep = p.shownSweep();
        SweepShown before = state.get();
        boolean same = before.hasModel() == p.shownModel().isPresent()
                && before.axes().equals(axes)
                && before.sweep().isPresent() == sweep.isPresent()
                && (sweep.isEmpty() || sweep.get() == before.sweep().orElseThrow());
        if (same) {
            return;
        }
        choose(axes);
        state.set(new SweepShown(
                p.shownModel().isPresent(),
                axes,
                sweep,
                sweep.map(s -> varied(s.axes())).orElse(List.of()),
                sweep.map(SweepViewModel::rows).orElse(List.of()),
                sweep.flatMap(s -> s.axes().batch()).isPresent()));
    }

    private static List<SweepAxis> axes(Project p, Set<String> free) {
        if (p.shownModel().isEmpty()) {
            return List.of();
        }
        List<SweepAxis> axes = new ArrayList<>();
        free.forEach(name -> axes.add(new SweepAxis(
                name, Optional.ofNullable(p.dims().sizes().get(name)).orElse(1L))));
        axes.add(new SweepAxis(SweepAxis.THREADS, p.threads()));
        axes.add(new SweepAxis(SweepAxis.STREAMS, 1));
        return axes;
    }

    /// What was chosen stays, as long as the model has it; what is not chosen is the first that there is.
    private void choose(List<SweepAxis> axes) {
        if (first.get().filter(a -> has(axes, a)).isEmpty()) {
            first.set(axes.stream().findFirst());
        }
        if (second.get().filter(a -> has(axes, a)).isEmpty()) {
            second.set(Optional.empty());
        }
        check();
    }

    private static boolean has(List<SweepAxis> axes, SweepAxis axis) {
        return axes.stream().anyMatch(a -> a.name().equals(axis.name()));
    }

    private String suggested(Optional<SweepAxis> axis) {
        return axis.map(a -> a.suggestion(cores)).orElse("");
    }

    private void check() {
        plan = Optional.empty();
        try {
            plan = Optional.of(plan());
            problem.set("");
        } catch (IllegalArgumentException e) {
            problem.set(String.valueOf(e.getMessage()));
        }
    }

    private Plan plan() {
        Map<String, List<Long>> sizes = new LinkedHashMap<>();
        List<Integer> threads = new ArrayList<>();
        List<Integer> streams = new ArrayList<>();
        add(first.get(), firstValues.get(), sizes, threads, streams);
        if (second.get().isPresent()) {
            if (second.get().map(SweepAxis::name).equals(first.get().map(SweepAxis::name))) {
                throw new IllegalArgumentException("Choose two different things to vary.");
            }
            add(second.get(), secondValues.get(), sizes, threads, streams);
        }
        SweepAxes axes = new SweepAxes(sizes, threads, streams);
        if (count(axes) > SweepValues.MOST) {
            throw new IllegalArgumentException(count(axes) + " points are more than " + SweepValues.MOST + ".");
        }
        return new Plan(axes, runsPerPoint(), limitBytes());
    }

    private static void add(
            Optional<SweepAxis> axis,
            String values,
            Map<String, List<Long>> sizes,
            List<Integer> threads,
            List<Integer> streams) {
        if (axis.isEmpty()) {
            throw new IllegalArgumentException("Choose what to vary.");
        }
        if (values.isBlank()) {
            throw new IllegalArgumentException("Write values of " + axis.get().name() + ", e.g. 1,2,4 or 1..64*2.");
        }
        List<Long> all = SweepValues.parse(values);
        if (axis.get().isStreams()) {
            all.forEach(v -> streams.add(inFlight(v)));
            return;
        }
        if (!axis.get().isThreads()) {
            sizes.put(axis.get().name(), all);
            return;
        }
        int most = Runtime.getRuntime().availableProcessors();
        for (long v : all) {
            if (v > most) {
                throw new IllegalArgumentException(
                        "This machine has " + most + " processors: " + v + " threads are more.");
            }
            threads.add((int) v);
        }
    }

    private static int inFlight(long streams) {
        if (streams > MOST_STREAMS) {
            throw new IllegalArgumentException("At most " + MOST_STREAMS + " runs can be in flight at once.");
        }
        return (int) streams;
    }

    private int runsPerPoint() {
        String text = runs.get().strip();
        int wanted = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (wanted < 1 || wanted > MOST_RUNS) {
            throw new IllegalArgumentException("Runs at each point: a number from 1 on.");
        }
        return wanted;
    }

    private Optional<Long> limitBytes() {
        if (limit.get().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(ByteSize.of(limit.get())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + limit.get() + "' is no amount of memory such as 500MB or 2GiB.")));
    }

    private static List<String> varied(SweepAxes axes) {
        List<String> names = new ArrayList<>(axes.sizes().keySet());
        if (!axes.threads().isEmpty()) {
            names.add(SweepAxis.THREADS);
        }
        if (!axes.streams().isEmpty()) {
            names.add(SweepAxis.STREAMS);
        }
        return names;
    }

    private static List<SweepRow> rows(SweepState s) {
        Optional<SweepPoint> best = s.best().map(SweepResult.Measured::point);
        Optional<SweepPoint> next =
                s.running() ? s.points().stream().filter(p -> s.at(p).isEmpty()).findFirst() : Optional.empty();
        List<SweepRow> rows = new ArrayList<>();
        for (SweepPoint p : s.points()) {
            Optional<SweepResult> at = s.at(p);
            rows.add(new SweepRow(
                    p,
                    at,
                    at.isPresent() && at.get() instanceof SweepResult.Measured m
                            ? OptionalDouble.of(Sweep.itemsPerSecond(m, s.axes()))
                            : OptionalDouble.empty(),
                    best.equals(Optional.of(p)),
                    next.equals(Optional.of(p))));
        }
        return rows;
    }
}
