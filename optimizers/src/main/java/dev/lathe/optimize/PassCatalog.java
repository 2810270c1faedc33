package dev.lathe.optimize;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// The passes that are registered as services.
public final class PassCatalog {
    private PassCatalog() {}

    /// Every registered pass, in the order of registration.
    public static List<Pass> all() {
        return ServiceLoader.load(Pass.class, PassCatalog.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    public static Optional<Pass> find(String name) {
        return all().stream().filter(p -> p.info().name().equals(name)).findFirst();
    }

    /// The pass of this name.
    ///
    /// @throws LatheException when there is none; its message lists those that there are
    public static Pass require(String name) throws LatheException {
        Optional<Pass> found = find(name);
        if (found.isEmpty()) {
            throw new LatheException(Diagnostic.error("unknown-pass", "there is no such pass.", new Place.InPass(name))
                    .withRemedy("Passes: "
                            + all().stream().map(p -> p.info().name()).collect(Collectors.joining(", ")) + "."));
        }
        return found.get();
    }
}
