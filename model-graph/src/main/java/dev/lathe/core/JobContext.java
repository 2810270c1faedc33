package dev.lathe.core;

/// What a long call is given: a place to report progress and to learn that it should stop. A call asks at
/// least every 100 ms.
public interface JobContext {

    /// Reports progress. `fraction` in 0…1, or negative when the amount of work is not known; `step` is a
    /// short phrase such as "folding constants · 12 of 40".
    void progress(double fraction, String step);

    boolean cancelled();

    /// @throws JobCancelledException when the job should stop
    default void checkCancelled() {
        if (cancelled()) {
            throw new JobCancelledException();
        }
    }

    /// A context that nobody listens to and nobody cancels except by interrupting the thread.
    static JobContext quiet() {
        return new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return Thread.currentThread().isInterrupted();
            }
        };
    }

    /// A context for one part of a larger job: its 0…1 lies between `from` and `to` of this one.
    default JobContext part(double from, double to) {
        JobContext whole = this;
        return new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                whole.progress(fraction < 0 ? fraction : from + fraction * (to - from), step);
            }

            @Override
            public boolean cancelled() {
                return whole.cancelled();
            }
        };
    }
}
