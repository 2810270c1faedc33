package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import dev.lathe.profile.worker.WorkerRunner;
import java.io.PrintWriter;
import java.util.Optional;

/// What the commands share, made when first needed: a command that only reads a file starts no worker.
final class Services implements AutoCloseable {
    private final WindowPicture picture;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Interruption interruption = Interruption.listening();
    private Optional<ModelRunner> runner = Optional.empty();

    Services(WindowPicture picture, PrintWriter out, PrintWriter err) {
        this.picture = picture;
        this.out = out;
        this.err = err;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    WindowPicture picture() {
        return picture;
    }

    /// Cancelled by Ctrl-C and by a request to end.
    JobContext job() {
        return interruption.job();
    }

    /// Whether this process is being ended: what fails now (a terminal's Ctrl-C goes to the workers too) fails for
    /// that.
    boolean interrupted() {
        return interruption.cancelled();
    }

    ModelRunner runner() {
        if (runner.isEmpty()) {
            runner = Optional.of(new WorkerRunner(WorkerLaunch.ofThisProcess()));
        }
        return runner.get();
    }

    WorkerProfiler profiler() {
        return new WorkerProfiler(WorkerLaunch.ofThisProcess());
    }

    @Override
    public void close() {
        try (interruption) {
            runner.ifPresent(ModelRunner::close);
        }
    }
}
