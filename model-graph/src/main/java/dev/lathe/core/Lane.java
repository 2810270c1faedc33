package dev.lathe.core;

/// Which queue a job waits in. Two measurements must never overlap, so DEVICE runs one job at a time;
/// BACKGROUND the rest. UPKEEP is what the window does for itself (a layout, a histogram): it waits for nothing
/// either, and nobody needs to know that it was done.
public enum Lane {
    DEVICE,
    BACKGROUND,
    UPKEEP
}
