package dev.lathe.optimize.partition;

import java.time.Duration;

/// One stage at work on one request, in a chart of the pipeline's schedule: `start` and `end` count from the
/// start of the round.
public record Busy(int stage, int request, Duration start, Duration end) {}
