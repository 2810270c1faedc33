package dev.lathe.profile;

import java.time.Duration;
import java.util.List;

/// What one layer (a node of the source graph) took: a fused kernel's time is shared out over the layers it
/// covers, an If, Loop or Scan has what its body leaves over. `mean` is a robust one, over the undisturbed
/// of the profiled runs ([LayerTimes] says which), `p50` and `p90` are over all of them. `share` of the
/// layer sum in 0…1. `kernels` are the engine's node names that its cost came from; empty when the engine
/// removed the layer (then time is zero). `samples` is the number of profiled runs. `shared` when the time
/// is a part of a kernel that covers several layers. `arenaBytes` is what the arena held in use when its
/// kernel ended, −1 unknown.
public record OpStats(
        Duration mean,
        Duration p50,
        Duration p90,
        double share,
        String provider,
        List<String> kernels,
        boolean shared,
        int samples,
        long arenaBytes) {}
