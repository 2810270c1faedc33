package dev.lathe.app.inspector;

import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.project.ModelTitle;
import dev.lathe.app.project.Selection;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ProfileRun;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The inspector without its looks: facts about the selection; the weights' distribution comes later, from a background
/// job that ends when something else is selected.
public final class InspectorViewModel {
    private final ReadOnlyObjectWrapper<InspectorState> state = new ReadOnlyObjectWrapper<>(new InspectorState.Empty());
    private final Jobs jobs;
    private final Executor window;
    private final Consumer<Selection> pick;
    private Optional<Analysis> analysis = Optional.empty();
    private ModelTitle title = new ModelTitle("", "");
    private LayerTimes times = LayerTimes.NONE;
    private Optional<ProfileRun> run = Optional.empty();
    private Inspected what = new Inspected.Whole();
    private Optional<Histogram> histogram = Optional.empty();

    /// @param window runs something on the thread that this view model belongs to
    /// @param pick selects what was picked in it
    public InspectorViewModel(Jobs jobs, Executor window, Consumer<Selection> pick) {
        this.jobs = jobs;
        this.window = window;
        this.pick = pick;
    }

    void pick(Selection what) {
        pick.accept(what);
    }

    ReadOnlyObjectProperty<InspectorState> state() {
        return state.getReadOnlyProperty();
    }

    /// Shows `next` of the model with the newest measurement. `whole` is the last finished run, if any.
    public void show(
            ModelTitle called,
            Optional<Analysis> model,
            LayerTimes measured,
            Optional<ProfileRun> whole,
            Inspected next) {
        title = called;
        analysis = model;
        times = measured;
        run = whole;
        what = next;
        refresh();
    }

    private void refresh() {
        if (analysis.isEmpty()) {
            forgetHistogram();
            state.set(new InspectorState.Empty());
            return;
        }
        Analysis a = analysis.get();
        InspectorFacts facts = new InspectorFacts(a, times);
        switch (what) {
            case Inspected.Whole w -> {
                forgetHistogram();
                state.set(facts.model(title, run));
            }
            case Inspected.Block(String path, var nodes) -> {
                forgetHistogram();
                state.set(facts.block(path, nodes));
            }
            case Inspected.Layer l ->
                facts.find(l.node()).ifPresentOrElse(n -> showLayer(facts, n, l), () -> {
                    forgetHistogram();
                    state.set(facts.model(title, run));
                });
        }
    }

    private void showLayer(InspectorFacts facts, InspectorFacts.Placed node, Inspected.Layer layer) {
        Optional<ValueId> largest = facts.largestWeight(node);
        Optional<InspectorState.WeightTensor> weight = Optional.empty();
        if (largest.isPresent()) {
            String name = node.graph().nameOf(largest.get());
            Tensor tensor = facts.constant(node.graph(), largest.get()).orElseThrow();
            Histogram h = histogram.filter(x -> x.tensor() == tensor).orElseGet(() -> start(name, tensor));
            histogram = Optional.of(h);
            weight = Optional.of(new InspectorState.WeightTensor(name, tensor, h.result(), h.remark()));
        } else {
            forgetHistogram();
        }
        state.set(facts.layer(node, layer, weight, run));
    }

    private Histogram start(String name, Tensor tensor) {
        forgetHistogram();
        if (!tensor.data().isPresent()) {
            return new Histogram(tensor, Optional.empty(), Optional.empty(), "The weights are not in the file.");
        }
        Job<Optional<WeightHistogram>> job =
                jobs.submit(Lane.UPKEEP, "Look at the weights of " + name, c -> WeightHistogram.of(tensor, c));
        job.outcome().thenAcceptAsync(o -> arrived(tensor, o), window);
        return new Histogram(tensor, Optional.of(job), Optional.empty(), "");
    }

    private void arrived(Tensor tensor, Outcome<Optional<WeightHistogram>> outcome) {
        if (histogram.isEmpty() || histogram.get().tensor() != tensor) {
            return;
        }
        switch (outcome) {
            case Outcome.Done(Optional<WeightHistogram> h) ->
                histogram = Optional.of(new Histogram(
                        tensor, Optional.empty(), h, h.isPresent() ? "" : "Values of this type have no histogram."));
            case Outcome.Failed<Optional<WeightHistogram>> f ->
                histogram = Optional.of(new Histogram(
                        tensor,
                        Optional.empty(),
                        Optional.empty(),
                        f.diagnostic().line()));
            case Outcome.Cancelled<Optional<WeightHistogram>> c -> {
                return;
            }
        }
        refresh();
    }

    private void forgetHistogram() {
        histogram.flatMap(Histogram::job).ifPresent(Job::cancel);
        histogram = Optional.empty();
    }

    private record Histogram(Tensor tensor, Optional<Job<?>> job, Optional<WeightHistogram> result, String remark) {}
}
