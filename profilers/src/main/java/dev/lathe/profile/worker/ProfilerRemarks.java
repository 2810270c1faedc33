package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.profile.LayerSums;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.OutsideLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the reader of layer times must know about how the profiler changed them.
final class ProfilerRemarks {
    /// Below this part of a profiled run, what lies between the kernels is worth a word.
    private static final double MOSTLY_KERNELS = 0.9;

    /// Times that are corrected by less are as exact as they were measured.
    private static final double HARDLY_SCALED = 0.995;

    /// Times that are corrected by less than this say nothing of the machine.
    private static final double MUCH = 0.9;

    /// More than so many ns for a kernel no profiler takes (1 to 4 µs, twice that on slow machines): what is beyond
    /// came
    /// from other programs.
    private static final double MOST_A_KERNEL = 10_000;

    private ProfilerRemarks() {}

    /// At most one about the corrections, short because tiny models have it in every run, and others about the
    /// machine.
    static List<Diagnostic> of(LayerSums sums, int kernels) {
        List<String> corrections = new ArrayList<>();
        if (!sums.perKernel().isZero()) {
            corrections.add(text(
                    "each kernel is shown %.2f µs shorter", sums.perKernel().toNanos() / 1000.0));
        }
        boolean unsteady = byOthers(sums, kernels);
        if (sums.scale() < HARDLY_SCALED && !unsteady) {
            corrections.add(text(
                    sums.perKernel().isZero()
                            ? "all times are shown %.1f %% shorter"
                            : "then all times are shown %.1f %% shorter",
                    100 * (1 - sums.scale())));
        }
        long estimates =
                sums.layers().values().stream().filter(OpStats::estimate).count();
        if (estimates > 0 && !unsteady) {
            corrections.add(text(
                    estimates == 1
                            ? "%d layer that lost more than a third by that is an estimate (~)"
                            : "%d layers that lost more than a third by that are estimates (~)",
                    estimates));
        }
        double covered = sums.coverage().orElse(1);
        if (covered < MOSTLY_KERNELS) {
            corrections.add(text(
                    kernels == 1
                            ? "%.0f %% of a profiled run lies outside its one kernel"
                            : "%.0f %% of a profiled run lies between its %d kernels",
                    100 * (1 - covered),
                    kernels));
        }
        List<Diagnostic> remarks = new ArrayList<>();
        if (!corrections.isEmpty()) {
            remarks.add(Diagnostic.info(
                    "profiler-weighs",
                    "The profiler takes time too: " + String.join(", ", corrections) + ".",
                    Place.nowhere()));
        }
        if (unsteady) {
            remarks.add(Diagnostic.warning(
                            "machine-unsteady",
                            text(
                                    "The runs that were profiled took %.1f times those that were not, more than profiling"
                                            + " makes them: the machine was unsteady, and all layers' times are shown %.0f %%"
                                            + " shorter, so that they add up to the latency%s.",
                                    1 / sums.scale(),
                                    100 * (1 - sums.scale()),
                                    estimates == 0 ? "" : " (" + estimates + " of them estimates, ~)"),
                            Place.nowhere())
                    .withRemedy("Run longer, or when the machine is quiet."));
        }
        if (!sums.layers().isEmpty()
                && OutsideLayers.of(sums.outside(), sums.total(), sums.coverage())
                        instanceof OutsideLayers.Unsteady(var time, double ratio)) {
            remarks.add(Diagnostic.warning(
                            "machine-unsteady",
                            text(
                                    "The runs that were not profiled took %.1f times those that were: the machine was"
                                            + " unsteady, so what is outside the layers is not the runtime's.",
                                    ratio),
                            Place.nowhere())
                    .withRemedy("Run longer, or when the machine is quiet."));
        }
        return remarks;
    }

    /// Whether what made profiled runs longer cannot be the profiler, which adds its part to each kernel.
    private static boolean byOthers(LayerSums sums, int kernels) {
        double beyond = sums.inLayers().toNanos() * (1 / sums.scale() - 1);
        return sums.scale() < MUCH && beyond > MOST_A_KERNEL * Math.max(1, kernels);
    }

    private static String text(String sentence, Object... figures) {
        return String.format(Locale.ROOT, sentence, figures);
    }
}
