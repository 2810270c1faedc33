package dev.lathe.app.sweep;

/// Something that can be varied: a free dimension, the threads inside an operator, or the runs in flight at once.
/// `present`
/// is its value otherwise.
public record SweepAxis(String name, long present) {
    /// What threads are called among the dimensions.
    public static final String THREADS = "threads";

    /// What runs in flight are called among the dimensions.
    public static final String STREAMS = "streams";

    public boolean isStreams() {
        return name.equals(STREAMS);
    }

    public boolean isThreads() {
        return name.equals(THREADS);
    }

    /// Values to begin with: doubled from one on for a batch and for threads, around the present one else.
    ///
    /// @param cores of the device
    String suggestion(int cores) {
        if (isThreads()) {
            return cores == 1 ? "1" : "1.." + cores;
        }
        if (isStreams()) {
            return "1.." + Math.max(4, 2 * cores) + "*2";
        }
        if (present <= 8) {
            return "1.." + Math.max(16, present * 2) + "*2";
        }
        return present / 4 + ".." + present * 2 + "*2";
    }

    @Override
    public String toString() {
        return name;
    }
}
