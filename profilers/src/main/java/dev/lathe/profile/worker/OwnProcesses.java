package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// What this process and those that it started use together: a model that is placed on several devices runs in several.
final class OwnProcesses {
    private OwnProcesses() {}

    static long cpuNanos() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .flatMap(p -> p.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /// A line of `/proc/PID/status` of the others, in bytes, summed up; 0 where there is none.
    static long startedBytes(String line) {
        return ProcessHandle.current()
                .descendants()
                .mapToLong(p -> bytes(Path.of("/proc", Long.toString(p.pid()), "status"), line))
                .sum();
    }

    private static long bytes(Path status, String line) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(l -> l.startsWith(line + ":"))
                    .mapToLong(ProcessMemory::kilobytes)
                    .sum();
        } catch (IOException e) {
            // It is over, or this is no Linux.
            return 0;
        }
    }
}
