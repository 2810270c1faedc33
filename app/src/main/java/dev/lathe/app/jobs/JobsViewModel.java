package dev.lathe.app.jobs;

import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The jobs as rows, newest first: what runs, and the last that ended. What the window did for itself is listed only
/// while it goes on, or when it failed: among it the user would not find their own jobs. However often jobs report, at
/// most one update of
/// the view is in flight.
public final class JobsViewModel {
    private static final int KEPT = 40;

    private final Executor ui;
    private final Map<Long, Job<?>> jobs = new LinkedHashMap<>();
    private final AtomicBoolean inFlight = new AtomicBoolean();
    private final List<Consumer<List<JobRow>>> listeners = new ArrayList<>();

    public JobsViewModel(Jobs source, Executor ui) {
        this.ui = ui;
        source.listen(this::changed);
    }

    /// Called on the thread of `ui` with every change, and now.
    public void onRows(Consumer<List<JobRow>> listener) {
        listeners.add(listener);
        listener.accept(rows());
    }

    public void cancel(long number) {
        synchronized (jobs) {
            Optional.ofNullable(jobs.get(number)).ifPresent(Job::cancel);
        }
    }

    /// Cancels the newest job that is not over.
    public void cancelNewest() {
        rows().stream().filter(JobRow::open).findFirst().ifPresent(r -> cancel(r.number()));
    }

    /// Whether anything is waiting or running.
    public boolean anyOpen() {
        synchronized (jobs) {
            return jobs.values().stream().anyMatch(j -> !j.outcome().isDone());
        }
    }

    public List<JobRow> rows() {
        synchronized (jobs) {
            List<JobRow> rows =
                    new ArrayList<>(jobs.values().stream().map(JobRow::of).toList());
            java.util.Collections.reverse(rows);
            // What runs is what people look for, and of that what they asked for.
            rows.sort(Comparator.<JobRow, Boolean>comparing(r -> !r.open()).thenComparing(r -> r.open() && !r.own()));
            return rows;
        }
    }

    private static boolean isUpkeepDone(Job<?> job) {
        return job.lane() == Lane.UPKEEP
                && job.outcome().isDone()
                && !(job.outcome().join() instanceof Outcome.Failed<?>);
    }

    private void changed(Job<?> job) {
        synchronized (jobs) {
            if (isUpkeepDone(job)) {
                jobs.remove(job.number());
            } else {
                jobs.put(job.number(), job);
            }
            if (jobs.size() > KEPT) {
                jobs.values().stream()
                        .filter(j -> j.outcome().isDone())
                        .findFirst()
                        .ifPresent(j -> jobs.remove(j.number()));
            }
        }
        if (inFlight.compareAndSet(false, true)) {
            ui.execute(() -> {
                inFlight.set(false);
                List<JobRow> rows = rows();
                listeners.forEach(l -> l.accept(rows));
            });
        }
    }
}
