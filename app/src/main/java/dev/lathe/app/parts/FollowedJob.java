package dev.lathe.app.parts;

import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// How far a pane's own job is, while it goes on: however often it reports, at most one update of the view is in
/// flight.
public final class FollowedJob {
    private final Executor ui;
    private final AtomicBoolean inFlight = new AtomicBoolean();
    private final ReadOnlyObjectWrapper<Optional<Job.Progress>> progress =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private volatile Optional<Job<?>> job = Optional.empty();

    public FollowedJob(Jobs jobs, Executor ui) {
        this.ui = ui;
        jobs.listen(this::changed);
    }

    /// From now on this one; empty once it is over.
    public ReadOnlyObjectProperty<Optional<Job.Progress>> progress() {
        return progress.getReadOnlyProperty();
    }

    public void follow(Job<?> next) {
        job = Optional.of(next);
        changed(next);
        var unused = next.outcome().thenAccept(o -> changed(next));
    }

    public void cancel() {
        job.ifPresent(Job::cancel);
    }

    private void changed(Job<?> of) {
        if (job.filter(j -> j == of).isPresent() && inFlight.compareAndSet(false, true)) {
            ui.execute(() -> {
                inFlight.set(false);
                progress.set(job.filter(j -> !j.outcome().isDone()).map(Job::latest));
            });
        }
    }
}
