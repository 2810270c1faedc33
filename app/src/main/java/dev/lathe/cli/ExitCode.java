package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import java.util.Set;
import picocli.CommandLine;

/// Whose fault a problem is, as the exit code that scripts see.
final class ExitCode {
    static final int OUR_FAULT = 1;
    static final int BAD_INPUT = 3;
    static final int INTERRUPTED = 130;

    /// Codes of problems with Lathe itself or with the machine: another model would not help.
    private static final Set<String> NOT_THE_INPUT = Set.of(
            "internal",
            "no-temporary-folder",
            "disk-full",
            "engine-natives",
            "engine-unavailable",
            "device-unavailable",
            "no-pack",
            "client-missing",
            "client-failed",
            "worker-not-started",
            "worker-died",
            "worker-memory",
            "exchange-failed",
            "profile-failed",
            "timeout");

    private ExitCode() {}

    /// A problem with an option is wrong usage, wherever it was noticed.
    static int of(Diagnostic problem) {
        if (problem.place() instanceof Place.AtOption) {
            return CommandLine.ExitCode.USAGE;
        }
        return NOT_THE_INPUT.contains(problem.code()) ? OUR_FAULT : BAD_INPUT;
    }
}
