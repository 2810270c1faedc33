package dev.lathe.profile;

/// Told what a run finds while it goes on.
@FunctionalInterface
public interface RunListener {
    void sample(LiveSample sample);

    /// The run ends before its time, by a fault or because it was cancelled: all that was measured until then. Told, if
    /// anything was, before [Profiler#profile] throws.
    default void brokenOff(ProfileRun untilThen) {
        // Who only watches has seen it.
    }
}
