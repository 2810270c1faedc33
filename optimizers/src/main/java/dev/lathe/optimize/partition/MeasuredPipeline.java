package dev.lathe.optimize.partition;

import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.engine.HostTensor;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a split model did, beside the unsplit one on the same cores in the same session.
///
/// `latency` is from a request's entry into the pipeline to its end, with others in flight; `aloneLatency` with
/// none, the median. `stageTimes` are the mean busy times per request; `stageThreads` the threads each stage had,
/// `wholeThreads` those of the unsplit model. `schedule` are the busy times of the last round.
/// `bytesMoved` is what went from stage to stage for one request. `outputs` are one request's, and
/// `maxAbsDifference` the largest difference between them and the unsplit model's on the same inputs.
public record MeasuredPipeline(
        double throughputPerSecond,
        LatencyStats latency,
        Duration aloneLatency,
        List<Duration> stageTimes,
        List<Integer> stageThreads,
        double wholeThroughputPerSecond,
        LatencyStats wholeLatency,
        int wholeThreads,
        int requests,
        int inFlight,
        List<Busy> schedule,
        long bytesMoved,
        Map<String, HostTensor> outputs,
        double maxAbsDifference) {
    public MeasuredPipeline {
        stageTimes = List.copyOf(stageTimes);
        stageThreads = List.copyOf(stageThreads);
        schedule = List.copyOf(schedule);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}
