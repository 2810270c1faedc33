package dev.lathe.app.values;

import dev.lathe.app.parts.FollowedJob;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.core.Job;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.optimize.check.OutputDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The Values tab without its looks: which tensors can be looked at, what the chosen one held in a run, and how far
/// tensors of the shown variant are from those of another.
public final class ValuesViewModel {
    /// Runs a model for its tensors.
    public interface Owner {
        /// What a tensor of the shown variant holds; empty while nothing can be run.
        Optional<Job<TensorContents>> read(String tensor);

        /// How far the tensors of the shown variant and of another are apart.
        Optional<Job<List<OutputDifference>>> apart(VariantId other);
    }

    private final Owner owner;
    private final Executor window;
    private final FollowedJob job;
    private final ReadOnlyObjectWrapper<ValuesShown> state = new ReadOnlyObjectWrapper<>(ValuesShown.EMPTY);
    private Optional<Model> model = Optional.empty();
    private Selection selection = Selection.NONE;
    private List<Variant> others = List.of();
    private int asked;

    public ValuesViewModel(Owner owner, Executor window, FollowedJob job) {
        this.owner = owner;
        this.window = window;
        this.job = job;
    }

    public ReadOnlyObjectProperty<ValuesShown> state() {
        return state.getReadOnlyProperty();
    }

    /// How far a run for values is; empty while there is none.
    public ReadOnlyObjectProperty<Optional<Job.Progress>> running() {
        return job.progress();
    }

    public void cancel() {
        job.cancel();
    }

    public void show(Project p) {
        Optional<Model> next = p.shownModel();
        if (next.isEmpty() || model.isEmpty() || next.get() != model.get()) {
            // What another model's tensors held says nothing of this one's.
            state.get().slice().ifPresent(s -> s.tensor().forget());
            asked++;
            model = next;
            selection = p.selection();
            state.set(ValuesShown.EMPTY);
            next.ifPresent(m -> choose(m.graph()));
        } else if (!p.selection().equals(selection)) {
            selection = p.selection();
            choose(next.get().graph());
        }
        List<Variant> there = next.isEmpty()
                ? List.of()
                : p.variants().stream()
                        .filter(v -> !v.id().equals(p.selected()) && v.model().isPresent())
                        .toList();
        if (!there.equals(others) || state.get().others().size() != there.size()) {
            others = there;
            state.set(state.get().others(there.stream().map(Variant::name).toList()));
        }
    }

    private void choose(Graph g) {
        List<TensorChoice> choices = choices(g);
        Optional<TensorChoice> kept = state.get().chosen().filter(choices::contains);
        state.set(state.get().choices(choices, kept.or(() -> choices.stream().findFirst())));
    }

    /// Outputs first: they are what a layer is looked at for.
    private List<TensorChoice> choices(Graph g) {
        List<TensorChoice> choices = new ArrayList<>();
        switch (selection) {
            case Selection.OfValue(ValueId v) -> {
                add(choices, g, v, "");
                g.producer(v).ifPresent(n -> add(choices, g, n));
            }
            case Selection.OfNode(var id) ->
                g.nodes().stream().filter(n -> n.id().equals(id)).findFirst().ifPresent(n -> add(choices, g, n));
            case Selection.OfScope s -> {}
            case Selection.None n -> {}
        }
        if (choices.isEmpty()) {
            g.outputs().forEach(v -> add(choices, g, v, "output of the model"));
            g.inputs().forEach(v -> add(choices, g, v, "input of the model"));
        }
        return choices;
    }

    private static void add(List<TensorChoice> choices, Graph g, Node n) {
        n.outputs().forEach(v -> add(choices, g, v, "output"));
        n.inputs().stream().filter(v -> g.initializer(v).isEmpty()).forEach(v -> add(choices, g, v, "input"));
    }

    private static void add(List<TensorChoice> choices, Graph g, ValueId v, String role) {
        if (v.isPresent() && choices.stream().noneMatch(c -> c.name().equals(g.nameOf(v)))) {
            choices.add(new TensorChoice(g.nameOf(v), role));
        }
    }

    public void choose(TensorChoice tensor) {
        state.set(state.get().chosen(tensor));
    }

    /// Runs the model once for the chosen tensor.
    public void look() {
        if (running().get().isEmpty()) {
            state.get().chosen().flatMap(c -> owner.read(c.name())).ifPresent(j -> follow(j, this::arrived));
        }
    }

    private void arrived(TensorContents contents) {
        state.get().slice().ifPresent(s -> s.tensor().forget());
        state.set(state.get().slice(Optional.of(TensorSlice.of(contents))));
    }

    /// Holds every tensor of the shown variant against the one of the same name of another variant.
    ///
    /// @param other its place among [ValuesShown#others]
    public void holdAgainst(int other) {
        if (running().get().isEmpty() && other >= 0 && other < others.size()) {
            Variant v = others.get(other);
            owner.apart(v.id())
                    .ifPresent(j -> follow(j, found -> state.set(state.get().apart(found, v.name()))));
        }
    }

    private <T> void follow(Job<T> next, Consumer<T> done) {
        int mine = ++asked;
        job.follow(next);
        var unused = next.outcome()
                .thenAcceptAsync(
                        o -> {
                            if (mine != asked) {
                                return;
                            }
                            switch (o) {
                                case Outcome.Done<T>(T value) -> done.accept(value);
                                case Outcome.Cancelled<T> c ->
                                    state.set(state.get().problem(""));
                                case Outcome.Failed<T>(var why, var cause) ->
                                    state.set(state.get().problem(why.line()));
                            }
                        },
                        window);
    }

    /// Looks at another part of the tensor.
    public void move(UnaryOperator<TensorSlice> change) {
        ValuesShown s = state.get();
        s.slice().ifPresent(at -> state.set(s.slice(Optional.of(change.apply(at)))));
    }

    /// The window ends: nothing is left behind.
    public void close() {
        state.get().slice().ifPresent(s -> s.tensor().forget());
    }
}
