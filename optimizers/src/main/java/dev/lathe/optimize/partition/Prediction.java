package dev.lathe.optimize.partition;

import java.time.Duration;
import java.util.List;

/// What a placement is expected to do. `stageTimes` per request and stage, to compute it and hand it on;
/// `transferTimes`, to take it over, and `transferBytes` per border (one less than stages); `latency` of one request
/// alone; throughput with the
/// pipeline full. All are estimates.
public record Prediction(
        List<Duration> stageTimes,
        List<Duration> transferTimes,
        List<Long> transferBytes,
        Duration latency,
        double throughputPerSecond) {
    public Prediction {
        stageTimes = List.copyOf(stageTimes);
        transferTimes = List.copyOf(transferTimes);
        transferBytes = List.copyOf(transferBytes);
    }
}
