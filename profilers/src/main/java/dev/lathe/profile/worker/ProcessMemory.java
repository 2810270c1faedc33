package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/// The resident set of this process: from /proc where there is one (some µs a reading), else through OSHI.
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private long peak;

    record Reading(long residentBytes, long peakBytes) {}

    Reading read() {
        long resident = -1;
        try {
            if (Files.exists(STATUS)) {
                for (String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith("VmRSS:")) {
                        resident = kilobytes(line);
                    } else if (line.startsWith("VmHWM:")) {
                        peak = Math.max(peak, kilobytes(line));
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

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
    }
}
