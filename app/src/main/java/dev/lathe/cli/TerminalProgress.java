package dev.lathe.cli;

import dev.lathe.core.JobContext;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/// What a job is doing, on one line of a terminal that is written again for each step. Where nobody looks at a terminal
/// it says nothing.
final class TerminalProgress implements JobContext, AutoCloseable {
    /// Back to the start of the line, and clear it.
    private static final String AGAIN = "\r\u001b[K";

    private final JobContext job;
    private final PrintWriter err;
    private final String verb;
    private final boolean seen =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

    /// @param verb what stands before each step, e.g. "measuring "
    TerminalProgress(JobContext job, PrintWriter err, String verb) {
        this.job = job;
        this.err = err;
        this.verb = verb;
    }

    @Override
    public void progress(double fraction, String step) {
        if (seen) {
            err.print(AGAIN + verb + step + (fraction < 0 ? "" : " " + Math.round(100 * fraction) + " %") + " …");
            err.flush();
        }
    }

    @Override
    public boolean cancelled() {
        return job.cancelled();
    }

    @Override
    public void close() {
        if (seen) {
            err.print(AGAIN);
            err.flush();
        }
    }
}
