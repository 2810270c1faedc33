package dev.lathe.profile.placed;

import dev.lathe.profile.engine.Handover;
import dev.lathe.profile.engine.HostTensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What handing tensors on between the stages of a placed model takes in one run, tensor by tensor.
///
/// Of a stage's call one knows how long the engine had the tensors: the rest went into bringing what it takes and
/// fetching what it makes, and is shared out over these tensors by their bytes. A tensor between two stages is fetched
/// from one and brought to the other; one that several stages take is fetched once, for all of them.
final class Handing {
    private record Fetched(String device, Duration at, long nanos) {}

    private record Brought(String tensor, String device, long bytes, long nanos) {}

    private final Map<String, Fetched> fetched = new HashMap<>();
    private final List<Brought> brought = new ArrayList<>();

    /// @param at when the stage ended, from the start of the run
    /// @param around what the call took beyond the time in which the engine had the tensors
    void stage(
            String device,
            Duration at,
            Map<String, HostTensor> inputs,
            Map<String, HostTensor> outputs,
            Duration around) {
        long all = Math.max(1, bytes(inputs) + bytes(outputs));
        double perByte = Math.max(0, around.toNanos()) / (double) all;
        inputs.forEach((name, t) -> {
            if (fetched.containsKey(name)) {
                long size = t.bytes().byteSize();
                brought.add(new Brought(name, device, size, Math.round(perByte * size)));
            }
        });
        outputs.forEach((name, t) -> fetched.put(
                name, new Fetched(device, at, Math.round(perByte * t.bytes().byteSize()))));
    }

    private static long bytes(Map<String, HostTensor> tensors) {
        return tensors.values().stream().mapToLong(t -> t.bytes().byteSize()).sum();
    }

    /// In the order in which the stages took them.
    List<Handover> all() {
        Map<String, Long> takers = new LinkedHashMap<>();
        brought.forEach(b -> takers.merge(b.tensor(), 1L, Long::sum));
        List<Handover> all = new ArrayList<>();
        for (Brought b : brought) {
            Fetched f = fetched.get(b.tensor());
            if (f != null) {
                long part = f.nanos() / takers.getOrDefault(b.tensor(), 1L);
                all.add(new Handover(
                        b.tensor(), f.device(), b.device(), b.bytes(), f.at(), Duration.ofNanos(part + b.nanos())));
            }
        }
        return all;
    }
}
