package dev.lathe.profile;

import dev.lathe.graph.ValueId;
import java.time.Duration;
import java.util.Optional;

/// A tensor that goes from one device's memory to another's in every run.
///
/// `from` and `to` are ids of devices; a placed model may have two stages on one device, whose processes hand tensors
/// over all the same. `tensor` is its name, `value` what it is in the source graph, empty where the engine made it.
/// `bytes` go over in a run, −1 where nobody tells, in `count` copies. `p50` and `p90` are percentiles, over the
/// profiled runs, of what these copies took together; a copy that waits for what a device still has to do takes as long
/// as that. `kernel` is the engine's node that copies, empty where no kernel does.
public record Transfer(
        String from,
        String to,
        String tensor,
        Optional<ValueId> value,
        long bytes,
        int count,
        Duration p50,
        Duration p90,
        int samples,
        String kernel) {}
