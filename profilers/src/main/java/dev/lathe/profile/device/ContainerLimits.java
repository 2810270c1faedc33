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

    static ContainerLimits ofThisProcess() {
        return read(ControlGroups.ofThisProcess());
    }

    /// The least of what the process's group and those above it allow.
    static ContainerLimits read(ControlGroups groups) {
        ContainerLimits all = new ContainerLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
        for (Path g : groups.unified()) {
            all = all.and(memory(g, "memory.max", "memory.current")).and(cores(g));
        }
        for (Path g : groups.of("memory")) {
            all = all.and(memory(g, "memory.limit_in_bytes", "memory.usage_in_bytes"));
        }
        for (Path g : groups.of("cpu")) {
            all = all.and(quota(g));
        }
        return all;
    }

    private ContainerLimits and(ContainerLimits other) {
        boolean less = other.memoryBytes.isPresent()
                && (memoryBytes.isEmpty() || other.memoryBytes.getAsLong() < memoryBytes.getAsLong());
        return new ContainerLimits(
                less ? other.memoryBytes : memoryBytes,
                less ? other.memoryUsedBytes : memoryUsedBytes,
                cores.isEmpty() || other.cores.orElse(Double.MAX_VALUE) < cores.getAsDouble() ? other.cores : cores);
    }

    private static ContainerLimits memory(Path group, String limit, String used) {
        OptionalLong memory = number(group.resolve(limit));
        return memory.isEmpty() || memory.getAsLong() >= NO_LIMIT
                ? new ContainerLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty())
                : new ContainerLimits(memory, number(group.resolve(used)), OptionalDouble.empty());
    }

    private static ContainerLimits ofCores(OptionalDouble cores) {
        return new ContainerLimits(OptionalLong.empty(), OptionalLong.empty(), cores);
    }

    private static ContainerLimits cores(Path group) {
        return ofCores(text(group.resolve("cpu.max"))
                .map(both -> both.split("\\s+"))
                .filter(parts -> parts.length == 2 && !parts[0].equals("max"))
                .map(parts -> ratio(parts[0], parts[1]))
                .orElse(OptionalDouble.empty()));
    }

    private static ContainerLimits quota(Path group) {
        Optional<String> quota = text(group.resolve("cpu.cfs_quota_us"));
        Optional<String> period = text(group.resolve("cpu.cfs_period_us"));
        return ofCores(
                quota.isPresent() && period.isPresent() ? ratio(quota.get(), period.get()) : OptionalDouble.empty());
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
