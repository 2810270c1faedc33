package dev.lathe.profile.engine;

import java.time.Duration;

/// A tensor that went from one device to another in a profiled run, outside of any kernel: `bytes` of it, and what that
/// `took`, beginning `start` after the run did. `from` and `to` are ids of devices.
public record Handover(String tensor, String from, String to, long bytes, Duration start, Duration took) {}
