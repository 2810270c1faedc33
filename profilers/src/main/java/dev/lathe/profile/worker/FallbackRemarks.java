package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.KernelEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// What the reader of layer times must know about a run on an accelerator: which layers did not run there, and what the
/// times of the others are times of.
final class FallbackRemarks {
    private static final String CPU = ExecutionProvider.CPU_RUNTIME_NAME;

    private FallbackRemarks() {}

    /// @param layers those that ran, by the profile
    /// @param kernels of one profiled run
    static List<Diagnostic> of(Accelerator on, Collection<OpStats> layers, List<KernelEvent> kernels) {
        List<OpStats> ran = layers.stream().filter(s -> !s.provider().isEmpty()).toList();
        List<OpStats> fell = ran.stream().filter(s -> s.provider().equals(CPU)).toList();
        List<Diagnostic> remarks = new ArrayList<>();
        if (!fell.isEmpty()) {
            double share = fell.stream().mapToDouble(OpStats::share).sum();
            String sentence = String.format(
                    Locale.ROOT,
                    "%d of %d layers ran on the CPU instead of %s, and took %.1f %% of the time.",
                    fell.size(),
                    ran.size(),
                    on.deviceId(),
                    100 * share);
            remarks.add(
                    fell.size() == ran.size()
                            ? Diagnostic.warning("nothing-on-device", sentence, Place.nowhere())
                            : Diagnostic.info("fell-back", sentence, Place.nowhere()));
        }
        boolean handed = kernels.stream().anyMatch(k -> !k.provider().equals(CPU));
        if (handed && kernels.stream().noneMatch(k -> k.thread() == KernelEvent.DEVICE)) {
            remarks.add(Diagnostic.warning(
                    "hand-over-times",
                    on.provider().title()
                            + " does not tell how long its kernels took: the times of its layers are those"
                            + " until the work was handed over. The latency is that of the whole run.",
                    Place.nowhere()));
        }
        return remarks;
    }
}
