package dev.lathe.profile.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a Linux control group allows this process: bytes of memory, and processor time in cores. Empty where
/// there is no limit, and on other systems.
///
/// @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2: memory.max, cpu.max</a>
record ContainerLimits(OptionalLong memoryBytes, OptionalLong memoryUsedBytes, OptionalDouble cores) {
    /// Version 1 says "no limit" with a number close to the largest long, rounded down to a page.
    private static final long NO_LIMIT = Long.MAX_VALUE - (1 << 20);

    /// Reads the group that is mounted at `root`, usually `/sys/fs/cgroup`.
    static ContainerLimits read(Path root) {
        OptionalLong memory = number(root.resolve("memory.max"));
        OptionalLong used = number(root.resolve("memory.current"));
        if (memory.isEmpty()) {
            memory = number(root.resolve("memory/memory.limit_in_bytes"));
            used = number(root.resolve("memory/memory.usage_in_bytes"));
        }
        if (memory.isPresent() && memory.getAsLong() >= NO_LIMIT) {
            memory = OptionalLong.empty();
        }
        return new ContainerLimits(memory, memory.isEmpty() ? OptionalLong.empty() : used, cores(root));
    }

    private static OptionalDouble cores(Path root) {
        Optional<String> both = text(root.resolve("cpu.max"));
        if (both.isPresent()) {
            String[] parts = both.get().split("\\s+");
            return parts.length == 2 && !parts[0].equals("max") ? ratio(parts[0], parts[1]) : OptionalDouble.empty();
        }
        Optional<String> quota = text(root.resolve("cpu/cpu.cfs_quota_us"));
        Optional<String> period = text(root.resolve("cpu/cpu.cfs_period_us"));
        return quota.isPresent() && period.isPresent() ? ratio(quota.get(), period.get()) : OptionalDouble.empty();
    }

    private static OptionalDouble ratio(String quota, String period) {
        try {
            double q = Double.parseDouble(quota);
            double p = Double.parseDouble(period);
            return q > 0 && p > 0 ? OptionalDouble.of(q / p) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalLong number(Path file) {
        try {
            return text(file)
                    .filter(t -> !t.equals("max"))
                    .map(t -> OptionalLong.of(Long.parseLong(t)))
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            // A file of another controller version, or one that this user may not read: no limit known.
            return Optional.empty();
        }
    }
}
