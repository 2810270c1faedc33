package dev.lathe.graph.target;

import java.util.List;
import java.util.OptionalLong;

/// A place where stages of a model can run, as plain data.
///
/// `id` is what the command line takes, e.g. `cpu`, `cpu:0` (core group 0) or `gpu:0`. `name` is for people.
/// `cores` are logical processor numbers for CPU kinds, else empty. `memoryBytes` is what models may use of
/// it. `features` are instruction sets or capabilities such as `AVX512-VNNI`.
public record Device(
        String id, String name, DeviceKind kind, List<Integer> cores, OptionalLong memoryBytes, List<String> features) {
    public Device {
        cores = List.copyOf(cores);
        features = List.copyOf(features);
    }
}
