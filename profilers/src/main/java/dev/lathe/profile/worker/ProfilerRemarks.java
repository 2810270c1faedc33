package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.profile.LayerSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the reader of layer times must know about how the profiler changed them.
final class ProfilerRemarks {
    /// Below this part of a profiled run, what lies between the kernels is worth a word.
    private static final double MOSTLY_KERNELS = 0.9;

    /// Times that are corrected by less are as exact as they were measured.
    private static final double HARDLY_SCALED = 0.995;

    private ProfilerRemarks() {}

    static List<Diagnostic> of(LayerSums sums, int kernels) {
        List<Diagnostic> remarks = new ArrayList<>();
        if (!sums.perKernel().isZero()) {
            remarks.add(info(
                    "kernels-shortened",
                    "In profiled runs the kernels together took longer than a whole run without profiling, so each is shown"
                            + " %.2f µs shorter; what the engine does to start a kernel is in its layer.",
                    sums.perKernel().toNanos() / 1000.0));
        }
        if (sums.scale() < HARDLY_SCALED) {
            remarks.add(info(
                    "layers-scaled",
                    "In profiled runs the kernels took %.1f %% longer than a whole run without profiling;"
                            + " the times of layers are corrected by that.",
                    100 * (1 / sums.scale() - 1)));
        }
        double covered = sums.coverage().orElse(1);
        if (covered < MOSTLY_KERNELS) {
            remarks.add(info(
                    "much-between-kernels",
                    "By the engine's own clock %.0f %% of a profiled run lies between its %d kernels: for kernels as short"
                            + " as these, what the engine and its profiler do for each counts as much as the kernel.",
                    100 * (1 - covered),
                    kernels));
        }
        return remarks;
    }

    private static Diagnostic info(String code, String sentence, Object... figures) {
        return Diagnostic.info(code, String.format(Locale.ROOT, sentence, figures), Place.nowhere());
    }
}
