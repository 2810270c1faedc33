package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/// The resident set of this process and of those that it started: from /proc where there is one (some µs a reading),
/// else this one's through OSHI. The peak of several is what their peaks add up to.
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final OwnProcesses processes;
    private long peak;

    ProcessMemory(OwnProcesses processes) {
        this.processes = processes;
    }

    record Reading(long residentBytes, long peakBytes) {}

    Reading read() {
        long resident = -1;
        try {
            if (Files.exists(STATUS)) {
                for (String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith("VmRSS:")) {
                        resident = kilobytes(line) + processes.startedBytes("VmRSS");
                    } else if (line.startsWith("VmHWM:")) {
                        peak = Math.max(peak, kilobytes(line) + processes.startedBytes("VmHWM"));
                    }
                }
            } else {
                OSProcess self = new SystemInfo().getOperatingSystem().getCurrentProcess();
                resident = self.getResidentMemory();
            }
        } catch (IOException e) {
            resident = -1;
        }
        peak = Math.max(peak, resident);
        return new Reading(resident, peak);
    }

    static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
    }
}
