package dev.lathe.app.packs;

import dev.lathe.app.project.Services.PackShelf;
import dev.lathe.app.project.Workbench;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.core.Task;
import dev.lathe.profile.pack.PackStatus;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The packs as they were found last, and what is being done about them. Everything that takes time is a job; what it
/// reports reaches the view with at most one update in flight. Outlives the dialog, so that closing it stops nothing.
/// Confined to the thread of `ui`.
public final class PacksViewModel {
    private final Workbench workbench;
    private final Executor ui;
    private final Runnable changed;
    private final ReadOnlyObjectWrapper<List<PackRow>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final Map<String, Job<Boolean>> working = new HashMap<>();
    private final Map<String, String> troubles = new HashMap<>();
    private final AtomicBoolean inFlight = new AtomicBoolean();
    private List<PackStatus> found = List.of();

    /// @param changed told when a pack came or went: other devices can be used now
    public PacksViewModel(Workbench workbench, Executor ui, Runnable changed) {
        this.workbench = workbench;
        this.ui = ui;
        this.changed = changed;
        workbench.jobs().listen(job -> {
            if (inFlight.compareAndSet(false, true)) {
                ui.execute(() -> {
                    inFlight.set(false);
                    if (!working.isEmpty()) {
                        show();
                    }
                });
            }
        });
    }

    public ReadOnlyObjectProperty<List<PackRow>> rows() {
        return rows.getReadOnlyProperty();
    }

    /// Looks for packs in the background.
    public void look() {
        workbench.submit(
                Lane.UPKEEP,
                "Look at the packs",
                c -> shelf().list(),
                list -> ui.execute(() -> {
                    found = List.copyOf(list);
                    show();
                }));
    }

    /// Gets the package with the program that is here for it, and adds the pack.
    public void obtain(String id) {
        start(id, "Add pack " + id, c -> {
            shelf().obtain(id, c);
            return true;
        });
    }

    public void add(String id, Path file) {
        start(id, "Add pack " + id, c -> {
            shelf().add(id, file, c);
            return true;
        });
    }

    public void remove(String id) {
        start(id, "Remove pack " + id, c -> {
            shelf().remove(id);
            return true;
        });
    }

    public void cancel(String id) {
        Optional.ofNullable(working.get(id)).ifPresent(Job::cancel);
    }

    private PackShelf shelf() {
        return workbench.services().machine().packs();
    }

    private void start(String id, String title, Task<Boolean> task) {
        if (working.containsKey(id)) {
            return;
        }
        troubles.remove(id);
        Job<Boolean> job = workbench.submit(Lane.BACKGROUND, title, task, done -> {});
        working.put(id, job);
        show();
        job.outcome().thenAccept(outcome -> ui.execute(() -> ended(id, outcome)));
    }

    private void ended(String id, Outcome<Boolean> outcome) {
        working.remove(id);
        switch (outcome) {
            case Outcome.Done<Boolean> done -> changed.run();
            case Outcome.Cancelled<Boolean> cancelled -> {}
            case Outcome.Failed<Boolean>(Diagnostic why, Optional<Throwable> cause) -> troubles.put(id, why.line());
        }
        show();
        look();
    }

    private void show() {
        rows.set(found.stream()
                .map(s -> PackRow.of(
                        s,
                        Optional.ofNullable(working.get(s.id()))
                                .map(Job::latest)
                                .map(p -> new PackRow.Working(p.step(), p.fraction())),
                        Optional.ofNullable(troubles.get(s.id()))))
                .toList());
    }
}
