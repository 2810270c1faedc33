package dev.lathe.profile;

import java.time.Duration;

/// Latency over `runs` unprofiled runs after warm-up.
public record LatencyStats(
        int runs, Duration p50, Duration p90, Duration p99, Duration mean, Duration min, Duration max) {}
