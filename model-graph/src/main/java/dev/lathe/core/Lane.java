package dev.lathe.core;

/// Which queue a job waits in. Two measurements must never overlap, so DEVICE runs one job at a time;
/// BACKGROUND the rest.
public enum Lane {
    DEVICE,
    BACKGROUND
}
