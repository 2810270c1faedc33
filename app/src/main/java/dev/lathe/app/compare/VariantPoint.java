package dev.lathe.app.compare;

import dev.lathe.app.project.VariantId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// A variant on the map of latency against size. `cosine` is the worst output's; 1 for the source. Without `latency` it
/// has no place on the map.
public record VariantPoint(
        VariantId id, String name, long fileBytes, Optional<Duration> latency, OptionalDouble cosine, boolean chosen) {}
