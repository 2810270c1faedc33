package dev.lathe.profile.device;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/// What the system lets this process have: logical cores that it may run on, and of a container's limits the processor
/// time in cores and the memory in bytes, where there are any.
public record Allowance(int cores, OptionalDouble coreLimit, OptionalLong memoryBytes) {

    public static Allowance ofThisProcess() {
        ContainerLimits limits = ContainerLimits.ofThisProcess();
        Set<Integer> allowed = AllowedCores.read(Path.of("/proc/self/status"));
        int cores = allowed.isEmpty() ? Runtime.getRuntime().availableProcessors() : allowed.size();
        return new Allowance(cores, limits.cores(), limits.memoryBytes());
    }

    /// Cores that can really be at work at once on a device with `deviceCores` of them (0: not told).
    public double usable(int deviceCores) {
        double most = deviceCores > 0 ? Math.min(deviceCores, cores) : cores;
        return Math.min(most, coreLimit.orElse(most));
    }
}
