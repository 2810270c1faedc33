package dev.lathe.app.panes;

import dev.lathe.app.parts.FollowedJob;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.values.TensorContents;
import dev.lathe.app.values.ValuesViewModel;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Lane;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.worker.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/// Joins the values of tensors to the store: what is selected, and the runs that read them. On the window's thread.
public final class ValuesFeed {
    private final Workbench workbench;
    private final ValuesViewModel model;

    public ValuesFeed(Workbench workbench, Executor window) {
        this.workbench = workbench;
        model = new ValuesViewModel(
                new ValuesViewModel.Owner() {
                    @Override
                    public Optional<Job<TensorContents>> read(String tensor) {
                        return reading(tensor);
                    }

                    @Override
                    public Optional<Job<List<OutputDifference>>> apart(VariantId other) {
                        return comparing(other);
                    }
                },
                window,
                new FollowedJob(workbench.jobs(), window));
        workbench.store().listen(model::show);
        model.show(workbench.store().state());
    }

    public ValuesViewModel model() {
        return model;
    }

    /// A tensor was picked by its name: it is selected.
    public void pick(String tensor) {
        workbench
                .store()
                .state()
                .shownModel()
                .flatMap(m -> m.graph().values().stream()
                        .filter(v -> v.name().equals(tensor))
                        .map(Value::id)
                        .findFirst())
                .ifPresent(v -> workbench.store().dispatch(new Action.Select(Selection.value(v))));
    }

    private Optional<Job<TensorContents>> reading(String tensor) {
        Project p = workbench.store().state();
        Optional<Model> shown = p.shownModel();
        Optional<RunTarget> target = p.target();
        if (shown.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(workbench.jobs().submit(Lane.DEVICE, "Run for the values of " + tensor, c -> {
            AtomicReference<Optional<TensorContents>> got = new AtomicReference<>(Optional.empty());
            Path folder = temporary();
            workbench
                    .services()
                    .tensors()
                    .read(
                            shown.get(),
                            tensor,
                            p.dims(),
                            target.get(),
                            (name, value) -> got.set(Optional.of(TensorContents.of(name, value, folder))),
                            c);
            return got.get()
                    .orElseThrow(() -> new LatheException(Diagnostic.error(
                            "no-values", "the engine gave no values of this tensor.", new Place.AtValue(tensor))));
        }));
    }

    private static Path temporary() throws LatheException {
        try {
            return ScratchFolder.make();
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("no-folder", "there is no room for the values.", Place.nowhere()), e);
        }
    }

    private Optional<Job<List<OutputDifference>>> comparing(VariantId other) {
        Project p = workbench.store().state();
        Optional<Model> shown = p.shownModel();
        Optional<Model> reference = p.variant(other).flatMap(Variant::model);
        Optional<RunTarget> target = p.target();
        if (shown.isEmpty() || reference.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        String title =
                "Compare values with " + p.variant(other).map(Variant::name).orElse("");
        return Optional.of(workbench
                .jobs()
                .submit(
                        Lane.DEVICE,
                        title,
                        c -> workbench
                                .services()
                                .tensors()
                                .apart(reference.get(), shown.get(), p.dims(), target.get(), c)));
    }
}
