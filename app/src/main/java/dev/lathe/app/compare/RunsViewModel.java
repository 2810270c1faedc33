package dev.lathe.app.compare;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.SourceFile;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.profile.compare.RunComparison;
import dev.lathe.profile.compare.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Measurements beside each other, without looks: those that are kept, the two that are chosen, and what changed from
/// one to the other with the confidence of each change.
///
/// Until the user chooses, the second is the shown variant's newest, and the first the one before it.
public final class RunsViewModel {
    private final ReadOnlyObjectWrapper<RunsState> state = new ReadOnlyObjectWrapper<>(RunsState.EMPTY);
    private final Jobs jobs;
    private final Executor window;
    private final BiConsumer<VariantId, NodeId> select;
    private Optional<RunChoice> wantedBefore = Optional.empty();
    private Optional<RunChoice> wantedAfter = Optional.empty();
    private List<Variant> variants = List.of();
    private List<Diagnostic> troubles = List.of();
    private VariantId shown = VariantId.SOURCE;
    private Optional<Job<RunComparison>> making = Optional.empty();
    private boolean wanted;

    /// @param window where results are told
    /// @param select told a picked layer, and the variant that it is of
    public RunsViewModel(Jobs jobs, Executor window, BiConsumer<VariantId, NodeId> select) {
        this.jobs = jobs;
        this.window = window;
        this.select = select;
    }

    public ReadOnlyObjectProperty<RunsState> state() {
        return state.getReadOnlyProperty();
    }

    /// Whether anybody looks: nothing is compared before.
    public void wanted(boolean so) {
        wanted = so;
        refresh();
    }

    public void show(Project p) {
        List<Diagnostic> damaged = p.file().map(SourceFile::troubles).orElse(List.of());
        if (p.variants().equals(variants) && p.selected().equals(shown) && damaged.equals(troubles)) {
            return;
        }
        if (!p.isOpen()) {
            wantedBefore = Optional.empty();
            wantedAfter = Optional.empty();
        }
        variants = p.variants();
        shown = p.selected();
        troubles = damaged;
        refresh();
    }

    public void chooseBefore(RunChoice run) {
        wantedBefore = Optional.of(run);
        refresh();
    }

    public void chooseAfter(RunChoice run) {
        wantedAfter = Optional.of(run);
        refresh();
    }

    public void swap() {
        RunsState s = state.get();
        wantedBefore = s.after();
        wantedAfter = s.before();
        refresh();
    }

    /// The user picked a row: its first layer that the second variant has, or else the first.
    public void pick(RunRow row) {
        RunsState s = state.get();
        s.after()
                .flatMap(c -> find(c, row))
                .ifPresentOrElse(
                        n -> select.accept(s.after().orElseThrow().variant(), n),
                        () -> s.before()
                                .flatMap(c -> find(c, row))
                                .ifPresent(n ->
                                        select.accept(s.before().orElseThrow().variant(), n)));
    }

    private Optional<NodeId> find(RunChoice of, RunRow row) {
        return graph(of)
                .flatMap(g -> NodePlace.all(g).stream()
                        .filter(p -> row.group().layers().contains(p.shownName()))
                        .map(p -> p.node().id())
                        .findFirst());
    }

    private Optional<Graph> graph(RunChoice of) {
        return variants.stream()
                .filter(v -> v.id().equals(of.variant()))
                .findFirst()
                .flatMap(v -> v.model().map(m -> m.graph()));
    }

    private void refresh() {
        List<RunChoice> choices = new ArrayList<>();
        for (Variant v : variants) {
            v.model().ifPresent(m -> v.runs().forEach(r -> choices.add(new RunChoice(v.id(), v.name(), r))));
        }
        choices.sort(Comparator.comparing((RunChoice c) -> c.run().when()).reversed());
        Optional<RunChoice> after = there(choices, wantedAfter).or(() -> newest(choices));
        Optional<RunChoice> before = there(choices, wantedBefore).or(() -> after.flatMap(a -> earlier(choices, a)));
        RunsState now = state.get();
        boolean same = same(now.before(), before) && same(now.after(), after);
        boolean fits = same && (now.comparison().isPresent() || making.isPresent());
        state.set(new RunsState(
                choices,
                before,
                after,
                fits ? now.comparison() : Optional.empty(),
                fits ? now.rows() : List.of(),
                troubles));
        if (!fits) {
            making.ifPresent(Job::cancel);
            making = Optional.empty();
            if (wanted && before.isPresent() && after.isPresent()) {
                compare(before.get(), after.get());
            }
        }
    }

    private static Optional<RunChoice> there(List<RunChoice> choices, Optional<RunChoice> wanted) {
        return wanted.flatMap(w -> choices.stream().filter(c -> c.is(w)).findFirst());
    }

    private static boolean same(Optional<RunChoice> a, Optional<RunChoice> b) {
        return a.isPresent() == b.isPresent() && (a.isEmpty() || a.get().is(b.orElseThrow()));
    }

    private Optional<RunChoice> newest(List<RunChoice> choices) {
        return choices.stream()
                .filter(c -> c.variant().equals(shown))
                .findFirst()
                .or(() -> choices.stream().findFirst());
    }

    /// The one before it of the same variant; else the newest of the source, or of any other.
    private static Optional<RunChoice> earlier(List<RunChoice> choices, RunChoice after) {
        List<RunChoice> others = choices.stream().filter(c -> !c.is(after)).toList();
        return others.stream()
                .filter(c -> c.variant().equals(after.variant())
                        && !c.run().when().isAfter(after.run().when()))
                .findFirst()
                .or(() -> others.stream()
                        .filter(c -> c.variant().equals(VariantId.SOURCE))
                        .findFirst())
                .or(() -> others.stream().findFirst());
    }

    private void compare(RunChoice before, RunChoice after) {
        Optional<Graph> a = graph(before);
        Optional<Graph> b = graph(after);
        if (a.isEmpty() || b.isEmpty()) {
            return;
        }
        Job<RunComparison> job = jobs.submit(
                Lane.UPKEEP,
                "Compare two runs",
                c -> RunComparison.of(
                        RunRecord.of(before.name(), a.get(), before.run()),
                        RunRecord.of(after.name(), b.get(), after.run()),
                        c));
        making = Optional.of(job);
        job.outcome()
                .thenAcceptAsync(
                        o -> {
                            if (o instanceof Outcome.Done<RunComparison>(RunComparison made)
                                    && making.filter(m -> m == job).isPresent()) {
                                RunsState s = state.get();
                                state.set(new RunsState(
                                        s.choices(),
                                        s.before(),
                                        s.after(),
                                        Optional.of(made),
                                        made.groups().stream()
                                                .filter(g -> g.before() > 0 || g.after() > 0)
                                                .map(RunRow::new)
                                                .toList(),
                                        s.troubles()));
                            }
                        },
                        window);
    }
}
