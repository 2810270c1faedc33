package dev.lathe.app.split;

import java.time.Duration;
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

    /// The same with only the first requests in the schedule, for a chart of as many as the predicted one has.
    MeasuredSplit first(int count) {
        return new MeasuredSplit(
                throughputPerSecond, latency, unsplitPerSecond, maxAbsDifference, requests, schedule.first(count));
    }
}
