package dev.lathe.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One running, waiting or ended piece of work with a title, progress and an outcome. Made by [Jobs].
public final class Job<T> implements JobContext {

    /// The newest progress: `fraction` in 0…1, negative when unknown.
    public record Progress(double fraction, String step) {}

    private final long number;
    private final String title;
    private final Lane lane;
    private final Instant submitted = Instant.now();
    private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
    private final Runnable changed;
    private volatile Progress progress = new Progress(-1, "waiting");
    private volatile boolean cancelled;
    private volatile Optional<Instant> started = Optional.empty();
    private volatile Optional<Instant> ended = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();

    Job(long number, String title, Lane lane, Runnable changed) {
        this.number = number;
        this.title = title;
        this.lane = lane;
        this.changed = changed;
    }

    public long number() {
        return number;
    }

    public String title() {
        return title;
    }

    public Lane lane() {
        return lane;
    }

    public Instant submitted() {
        return submitted;
    }

    public Progress latest() {
        return progress;
    }

    public boolean running() {
        return started.isPresent() && !outcome.isDone();
    }

    /// Time from start to now or to the end; zero while waiting.
    public Duration elapsed() {
        return started.map(s -> Duration.between(s, ended.orElseGet(Instant::now)))
                .orElse(Duration.ZERO);
    }

    /// Completed exactly once, never exceptionally.
    public CompletableFuture<Outcome<T>> outcome() {
        return outcome;
    }

    /// Asks the job to stop; a waiting job ends at once, a running one within 100 ms.
    public void cancel() {
        cancelled = true;
        synchronized (this) {
            if (started.isEmpty()) {
                end(new Outcome.Cancelled<>());
                return;
            }
            thread.ifPresent(Thread::interrupt);
        }
        changed.run();
    }

    @Override
    public void progress(double fraction, String step) {
        progress = new Progress(fraction, step);
        changed.run();
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    void execute(Task<T> task) {
        synchronized (this) {
            if (outcome.isDone()) {
                return;
            }
            started = Optional.of(Instant.now());
            thread = Optional.of(Thread.currentThread());
        }
        progress(-1, "starting");
        Outcome<T> result;
        try {
            result = new Outcome.Done<>(task.run(this));
        } catch (JobCancelledException e) {
            result = new Outcome.Cancelled<>();
        } catch (LatheException e) {
            result = cancelled ? new Outcome.Cancelled<>() : new Outcome.Failed<>(e.diagnostic(), Optional.empty());
        } catch (RuntimeException | Error e) {
            result = cancelled
                    ? new Outcome.Cancelled<>()
                    : new Outcome.Failed<>(
                            Diagnostic.error("internal", "Lathe made a mistake: " + e, Place.nowhere()),
                            Optional.of(e));
        }
        synchronized (this) {
            thread = Optional.empty();
            // The interrupt that cancelled this job must not reach the next one on the same thread.
            boolean unused = Thread.interrupted();
        }
        end(result);
    }

    private void end(Outcome<T> result) {
        ended = Optional.of(Instant.now());
        outcome.complete(result);
        changed.run();
    }
}
