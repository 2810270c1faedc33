package dev.lathe.profile.worker;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.KernelMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The map from an engine's kernels to layers, from the graph that the engine saved as it runs it.
final class Kernels {
    private Kernels() {}

    /// Empty when the engine traces nothing.
    static Optional<KernelMap> map(Analysis analysis, Path optimized, boolean traces, JobContext context)
            throws LatheException {
        if (!traces) {
            return Optional.empty();
        }
        return Optional.of(
                Files.exists(optimized)
                        ? KernelMap.of(analysis, Formats.open(optimized, context))
                        : KernelMap.byName(analysis.model()));
    }
}
