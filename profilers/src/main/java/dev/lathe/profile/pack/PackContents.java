package dev.lathe.profile.pack;

import dev.lathe.profile.engine.ExecutionProvider;
import java.util.List;
import java.util.Map;

/// What a package holds for one platform: the providers of its library, which files of the package a pack takes and
/// what they are called in it, and whether the library that joins them to Java has to come from Lathe itself.
public record PackContents(List<ExecutionProvider> providers, Map<String, String> files, boolean needsJoin) {
    public PackContents {
        providers = List.copyOf(providers);
        files = Map.copyOf(files);
    }
}
