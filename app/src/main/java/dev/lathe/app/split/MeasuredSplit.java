package dev.lathe.app.split;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/// What a split run gave: throughput with the pipeline full, latency of one request, the outputs' largest difference
/// from the whole model's, and when each stage was busy. `unsplitPerSecond` was measured on the same cores in one
/// session.
public record MeasuredSplit(
        double throughputPerSecond,
        Duration latency,
        OptionalDouble unsplitPerSecond,
        double maxAbsDifference,
        int requests,
        Schedule schedule) {

    /// Part of the time in which a stage computed, in 0…1.
    public double busy(int stage) {
        return schedule.busy(stage);
    }

    /// Names of the stages' lanes in order.
    public List<String> lanes() {
        return schedule.lanes().stream().map(Schedule.Lane::name).toList();
    }
}
