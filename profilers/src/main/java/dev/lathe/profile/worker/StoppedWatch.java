package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Tells a worker that somebody stopped (SIGSTOP, a debugger) from one that thinks long: neither says anything. Linux
/// tells in a file, other Unixes by ps(1); on Windows nobody is called stopped. Confined to one thread.
final class StoppedWatch {
    /// Silence is common for less: reports come seven times a second, and most runs take less.
    private static final long SILENCE_NANOS = Duration.ofMillis(500).toNanos();

    /// Somebody who stops it for a moment, to look, does not lose the run.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long pid;
    private final Path state;
    private long heard = System.nanoTime();
    private long looked = heard;
    private long stoppedAt;
    private boolean stopped;

    StoppedWatch(long pid) {
        this.pid = pid;
        this.state = Path.of("/proc", Long.toString(pid), "stat");
    }

    /// The worker said something.
    void heard() {
        heard = System.nanoTime();
        stopped = false;
    }

    /// Looks now and then while it is silent, and says so to the job.
    ///
    /// @throws LatheException when it has been stopped for longer than [#PATIENCE]
    void silent(JobContext context) throws LatheException {
        long now = System.nanoTime();
        if (now - heard < SILENCE_NANOS || now - looked < SILENCE_NANOS) {
            return;
        }
        looked = now;
        if (!isStopped()) {
            stopped = false;
            return;
        }
        if (!stopped) {
            stopped = true;
            stoppedAt = now;
        }
        context.progress(-1, "the process that runs the model, " + pid + ", is stopped: waiting for it to go on");
        if (now - stoppedAt > PATIENCE.toNanos()) {
            throw new LatheException(Diagnostic.error(
                            "worker-died",
                            "The process that runs the model was stopped (SIGSTOP, or a debugger) and did not go on for "
                                    + PATIENCE.toSeconds() + " s, so it was ended in the middle of its work.",
                            new Place.InWorker(pid))
                    .withRemedy("Nothing else is lost; the next run starts another."));
        }
    }

    /// The state is the word behind the program's name, which may hold anything: `7 (a) b) T …`.
    private boolean isStopped() {
        try {
            String line = Files.readString(state);
            return isStopped(line.substring(Math.min(line.length(), line.lastIndexOf(')') + 2)));
        } catch (IOException elsewhere) {
            return isStopped(stateByPs(pid));
        }
    }

    private static boolean isStopped(String state) {
        return state.startsWith("T") || state.startsWith("t");
    }

    /// The letters of ps(1), empty where there is none or the process is gone.
    static String stateByPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
