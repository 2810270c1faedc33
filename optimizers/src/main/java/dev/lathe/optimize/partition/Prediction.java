package dev.lathe.optimize.partition;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// What a placement is expected to do. `stageTimes` per request and stage, to get its model inputs to it, compute it
/// and hand it on; `transferTimes`, to take over what crosses, and `transferBytes` per border (one less than stages);
/// `latency` of one request
/// alone; throughput with the
/// pipeline full. `sharing` has for each stage the other stages that have cores (or their device) in common
/// with it: such stages are taken to take turns, which is too slow a guess where only some cores are common. All
/// are estimates.
public record Prediction(
        List<Duration> stageTimes,
        List<Duration> transferTimes,
        List<Long> transferBytes,
        Duration latency,
        double throughputPerSecond,
        List<List<Integer>> sharing) {
    /// In stages as short as this the calls are most, and what a call takes depends on what else the machine does.
    private static final Duration SHORT = Duration.ofMillis(1);

    public Prediction {
        stageTimes = List.copyOf(stageTimes);
        transferTimes = List.copyOf(transferTimes);
        transferBytes = List.copyOf(transferBytes);
        sharing = sharing.stream().map(List::copyOf).toList();
    }

    /// Of stages that have nothing in common.
    public Prediction(
            List<Duration> stageTimes,
            List<Duration> transferTimes,
            List<Long> transferBytes,
            Duration latency,
            double throughputPerSecond) {
        this(
                stageTimes,
                transferTimes,
                transferBytes,
                latency,
                throughputPerSecond,
                stageTimes.stream().map(t -> List.<Integer>of()).toList());
    }

    /// The numbers of the stages, from 0, that share cores with another, ascending.
    public List<Integer> sharers() {
        return IntStream.range(0, sharing.size())
                .filter(s -> !sharing.get(s).isEmpty())
                .boxed()
                .toList();
    }

    /// Whether a stage is so short that this is hardly more than a guess.
    public boolean rough() {
        return stageTimes.stream().anyMatch(t -> t.compareTo(SHORT) < 0);
    }
}
