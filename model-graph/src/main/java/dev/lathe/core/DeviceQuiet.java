package dev.lathe.core;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Whether a job of [Lane#DEVICE] runs now, and a place to wait until none does.
final class DeviceQuiet {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private boolean busy;

    void run(Runnable job) {
        set(true);
        try {
            job.run();
        } finally {
            set(false);
        }
    }

    private void set(boolean to) {
        lock.lock();
        try {
            busy = to;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// @throws JobCancelledException when the waiting job should stop; it is interrupted then
    private void await() {
        lock.lock();
        try {
            while (busy) {
                quiet.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobCancelledException();
        } finally {
            lock.unlock();
        }
    }

    /// The same context; who asks it whether to stop waits there while a job of the lane runs.
    JobContext waiting(JobContext context) {
        return new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                context.progress(fraction, step);
            }

            @Override
            public boolean cancelled() {
                return context.cancelled();
            }

            @Override
            public void checkCancelled() {
                context.checkCancelled();
                await();
                context.checkCancelled();
            }
        };
    }
}
