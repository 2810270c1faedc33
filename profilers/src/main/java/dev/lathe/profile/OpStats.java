package dev.lathe.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What one layer (a node of the source graph) took: a fused kernel's time is shared out over the layers it
/// covers, an If, Loop or Scan has what its body leaves over.
///
/// `typical` is the layer's part of a run of median latency, from the undisturbed of the profiled runs
/// ([LayerTimes] says which, and why it is neither a mean nor a median): these add up, with what lies outside
/// the layers, to that latency, and `share` is its part of that sum, in 0…1. `p50` and `p90` are percentiles
/// over all profiled runs, disturbed ones too, brought to the same latency; they do not add up.
///
/// `kernels` are the engine's node names that its cost came from; empty when the engine
/// removed the layer (then time is zero). `samples` is the number of profiled runs. `shared` when the time
/// is a part of a kernel that covers several layers. `memory` is what its kernels read, write and find held. `estimate`
/// when the correction for what the profiler adds ([LayerTimes]) took more than a
/// third of what the engine's clock told: the truth may well lie half as much again to either side. `device` is the id
/// of the device that ran it, empty where the engine removed the layer. `threads` is how many threads took part and
/// how they shared the work, empty where the engine does not tell, as for kernels of a graphics card. `shapes` are the
/// element types and sizes that
/// its first kernel was given and gave as it ran, `inputs → outputs`; empty where that is not told.
public record OpStats(
        Duration typical,
        Duration p50,
        Duration p90,
        double share,
        String provider,
        List<String> kernels,
        boolean shared,
        int samples,
        LayerMemory memory,
        boolean estimate,
        String device,
        Optional<ThreadShares> threads,
        String shapes) {

    /// Of a layer that nobody has said the device of.
    public OpStats(
            Duration typical,
            Duration p50,
            Duration p90,
            double share,
            String provider,
            List<String> kernels,
            boolean shared,
            int samples,
            boolean estimate) {
        this(
                typical,
                p50,
                p90,
                share,
                provider,
                kernels,
                shared,
                samples,
                LayerMemory.UNKNOWN,
                estimate,
                "",
                Optional.empty(),
                "");
    }

    /// Of a time that is as the engine's clock told it.
    public OpStats(
            Duration typical,
            Duration p50,
            Duration p90,
            double share,
            String provider,
            List<String> kernels,
            boolean shared,
            int samples) {
        this(typical, p50, p90, share, provider, kernels, shared, samples, false);
    }
}
