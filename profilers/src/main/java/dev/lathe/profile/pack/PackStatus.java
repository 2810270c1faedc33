package dev.lathe.profile.pack;

import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import java.util.List;
import java.util.Optional;

/// A pack as lists show it: whether it can be used here, and where it lies when it is there at all. `providers` is
/// empty for libraries that run on the CPU. `offered` says whether its source has anything for this system.
public record PackStatus(
        String id,
        String title,
        PackRuntime runtime,
        List<ExecutionProvider> providers,
        Availability availability,
        Optional<Pack> pack,
        Optional<PackSource> source,
        boolean offered) {
    public PackStatus {
        providers = List.copyOf(providers);
    }

    /// Whether it is a part of Lathe rather than something to add.
    public boolean builtIn() {
        return pack.isEmpty() && source.isEmpty();
    }

    public boolean canBeAdded() {
        return offered && !(availability instanceof Availability.Ready);
    }
}
