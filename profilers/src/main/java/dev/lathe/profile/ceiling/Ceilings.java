package dev.lathe.profile.ceiling;

import dev.lathe.graph.DType;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What a device gave at most when it was measured: bytes a second that it reads from memory, and operations a
/// second of a matrix multiplication for each element type (FLOP/s, and OP/s for [DType#INT8], which stands for
/// products of 8-bit integers of either sign), a multiply-accumulate counting 2.
public record Ceilings(CeilingSetup setup, Instant when, Ceiling memoryBandwidth, Map<DType, Ceiling> matrix) {
    public Ceilings {
        Map<DType, Ceiling> ordered = new EnumMap<>(DType.class);
        ordered.putAll(matrix);
        matrix = Collections.unmodifiableMap(ordered);
    }
}
