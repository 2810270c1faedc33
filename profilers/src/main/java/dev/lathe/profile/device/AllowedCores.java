package dev.lathe.profile.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// The logical processors that this process may run on: a container or `taskset` can leave it some only.
final class AllowedCores {
    private AllowedCores() {}

    /// From Linux's `/proc/self/status`; empty (all of them) on other systems.
    static Set<Integer> read(Path status) {
        try {
            if (Files.isReadable(status)) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("Cpus_allowed_list:")) {
                        return parse(line.substring(line.indexOf(':') + 1).strip());
                    }
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not told: then all processors count.
            return Set.of();
        }
        return Set.of();
    }

    /// `0-3,8` → 0, 1, 2, 3, 8.
    static Set<Integer> parse(String list) {
        Set<Integer> found = new TreeSet<>();
        for (String part : list.split(",")) {
            String[] ends = part.strip().split("-");
            int from = Integer.parseInt(ends[0]);
            int to = Integer.parseInt(ends[ends.length - 1]);
            for (int i = from; i <= to; i++) {
                found.add(i);
            }
        }
        return found;
    }
}
