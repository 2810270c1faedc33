package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// This process and those that it had started at some moment: a model that is placed on several devices runs in
/// several.
///
/// @param started looked for once, since that goes through all processes of the machine
record OwnProcesses(List<ProcessHandle> started) {
    OwnProcesses {
        started = List.copyOf(started);
    }

    static OwnProcesses now() {
        return new OwnProcesses(ProcessHandle.current().descendants().toList());
    }

    Set<Long> pids() {
        return Stream.concat(Stream.of(ProcessHandle.current()), started.stream())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    long cpuNanos() {
        return Stream.concat(Stream.of(ProcessHandle.current()), started.stream())
                .flatMap(p -> p.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /// A line of `/proc/PID/status` of the others, in bytes, summed up; 0 where there is none.
    long startedBytes(String line) {
        return started.stream()
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
