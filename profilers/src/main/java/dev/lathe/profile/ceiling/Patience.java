package dev.lathe.profile.ceiling;

import dev.lathe.core.JobContext;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.RunListener;
import java.time.Duration;

/// How long one model runs: until the time is over and there were some runs, or the job is cancelled. It is what the
/// profiler is told of both, so that its loop ends as one that a user stops.
final class Patience implements JobContext, RunListener {
    private static final Duration LONG = Duration.ofMillis(500);
    private static final int RUNS = 5;

    /// Enough of a machine that is as slow as that.
    private static final Duration MOST = Duration.ofSeconds(5);

    private final JobContext job;
    private volatile boolean over;

    Patience(JobContext job) {
        this.job = job;
    }

    @Override
    public void sample(LiveSample sample) {
        int runs = sample.soFar().runs();
        if (runs >= RUNS && sample.at().compareTo(LONG) >= 0
                || runs > 0 && sample.at().compareTo(MOST) >= 0) {
            over = true;
        }
    }

    /// What the profiler does is told by whoever knows what for.
    @Override
    public void progress(double fraction, String step) {
        job.checkCancelled();
    }

    @Override
    public boolean cancelled() {
        return over || job.cancelled();
    }
}
