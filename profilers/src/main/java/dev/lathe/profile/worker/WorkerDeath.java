package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How a worker died, in words.
final class WorkerDeath {
    /// A crash that writes a core dump closes the socket well before the process is gone.
    private static final long EXIT_SECONDS = 2;

    private WorkerDeath() {}

    /// @param when e.g. "before it was ready"
    static LatheException of(Process process, LastLines lines, String when) {
        String exit = how(process);
        // The report says more than the JVM's way to end, and than what it prints about reporting it.
        Optional<String> crash = lines.crash();
        String how = crash.map(c -> "crashed in native code (" + c + ")").orElse(exit);
        String last = crash.isPresent() ? "" : lines.textAtEnd();
        return new LatheException(Diagnostic.error(
                        "worker-died",
                        "The process that runs the model " + how + " " + when + "."
                                + (last.isEmpty() ? "" : " Its last words: " + last),
                        new Place.InWorker(process.pid()))
                .withRemedy("Nothing else is lost; the next run starts another."));
    }

    private static String how(Process process) {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "stopped answering, and was ended,";
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return "was given up";
        }
        int exit = process.exitValue();
        return switch (exit) {
            case 137 -> "was killed (SIGKILL), by somebody or by the system for lack of memory,";
            case 143 -> "was told to end (SIGTERM)";
            case 139 -> "crashed in native code (SIGSEGV)";
            case 134 -> "aborted in native code (SIGABRT)";
            case 132 -> "met an instruction that this processor does not have (SIGILL)";
            default -> "ended with exit code " + exit;
        };
    }
}
