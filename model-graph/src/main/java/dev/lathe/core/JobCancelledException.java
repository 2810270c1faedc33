package dev.lathe.core;

/// Thrown by [JobContext#checkCancelled] inside a job whose owner asked it to stop; never shown to people.
public final class JobCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobCancelledException() {
        super("cancelled", null, false, false);
    }
}
