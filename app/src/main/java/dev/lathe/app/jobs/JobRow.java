package dev.lathe.app.jobs;

import dev.lathe.app.ui.Numbers;
import dev.lathe.core.Job;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import java.time.Duration;

/// A job in words: `fraction` in 0…1, negative while unknown; `open` until it has ended; `own` when the user asked for
/// it rather than the window.
public record JobRow(
        long number, String title, String icon, String step, double fraction, boolean open, boolean own, State state) {
    /// How it stands.
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    static JobRow of(Job<?> job) {
        State state = state(job);
        String icon = job.lane() == Lane.DEVICE ? "mdi2p-play" : "mdi2c-cog-outline";
        String took = seconds(job.elapsed());
        String step = switch (state) {
            case WAITING -> "waiting";
            case RUNNING -> job.latest().step() + took;
            case DONE -> "done" + took;
            case CANCELLED -> "cancelled" + took;
            case FAILED -> problem(job);
        };
        return new JobRow(
                job.number(),
                job.title(),
                icon,
                step,
                job.latest().fraction(),
                state == State.WAITING || state == State.RUNNING,
                job.lane() != Lane.UPKEEP,
                state);
    }

    private static String seconds(Duration d) {
        return d.toMillis() < 200 ? "" : " · " + Numbers.time(d);
    }

    private static State state(Job<?> job) {
        if (!job.outcome().isDone()) {
            return job.running() ? State.RUNNING : State.WAITING;
        }
        return switch (job.outcome().join()) {
            case Outcome.Done<?> d -> State.DONE;
            case Outcome.Cancelled<?> c -> State.CANCELLED;
            case Outcome.Failed<?> f -> State.FAILED;
        };
    }

    private static String problem(Job<?> job) {
        return job.outcome().join() instanceof Outcome.Failed<?> f
                ? f.diagnostic().line()
                : "";
    }
}
