package dev.lathe.cli;

import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.memory.ArenaUse;
import dev.lathe.profile.memory.PlannedMemory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What tensors take together at most in a run: measured, and predicted from the source and from the graph that the
/// engine made of it.
record TensorMemory(Analysis analysis, ProfileRun run) {
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> m = new LinkedHashMap<>();
        OptionalLong source = source();
        m.put("predictedPeakBytes", source.isPresent() ? source.getAsLong() : null);
        m.put(
                "predictedFromRuntimeGraphBytes",
                planned().map(PlannedMemory::peak).orElse(null));
        m.put("measuredPeakBytes", arena().map(ArenaUse::peak).orElse(null));
        m.put("arenaInAllBytes", arena().map(ArenaUse::all).orElse(null));
        m.put("workspaceBytes", arena().map(a -> Amounts.known(a.workspace())).orElse(null));
        return m;
    }

    /// Empty where the engine does not tell.
    String line() {
        return arena().map(a -> line(a.peak())).orElse("");
    }

    private String line(long measured) {
        StringBuilder b = new StringBuilder(String.format(
                Locale.ROOT, "tensors     %s at the peak, measured in the arena", Amounts.bytes(measured)));
        planned()
                .ifPresent(p -> b.append(
                        String.format(Locale.ROOT, "; predicted from the engine's graph %s", off(p.peak(), measured))));
        source().ifPresent(s -> b.append(String.format(Locale.ROOT, ", from the model's own %s", off(s, measured))));
        arena().flatMap(a -> a.workspace().stream().boxed().findFirst())
                .filter(w -> w > 0)
                .ifPresent(w -> b.append("; a kernel's workspace beside it ").append(Amounts.bytes(w)));
        return b.append(String.format("%n")).toString();
    }

    private OptionalLong source() {
        return analysis.liveness().peakBytes().fixed();
    }

    private Optional<PlannedMemory> planned() {
        return run.runtime().flatMap(RuntimeGraph::planned);
    }

    private Optional<ArenaUse> arena() {
        return run.memory().arena();
    }

    private static String off(long predicted, long measured) {
        return String.format(Locale.ROOT, "%+.1f %%", 100.0 * predicted / measured - 100);
    }
}
