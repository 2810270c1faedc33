package dev.lathe.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// All long work of the program: the only place that makes threads. Listeners are told on the job's thread
/// that a job changed; a view coalesces these to one update in flight.
public final class Jobs implements AutoCloseable {
    private final AtomicLong numbers = new AtomicLong();
    private final List<Consumer<Job<?>>> listeners = new CopyOnWriteArrayList<>();
    private final DeviceQuiet quiet = new DeviceQuiet();
    private final ExecutorService device = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lathe-device").factory());
    private final ExecutorService background = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("lathe-job-", 0).factory());

    /// Queues `task` in `lane`; the returned job is already visible to listeners.
    /// After [#close] it is cancelled at once.
    public <T> Job<T> submit(Lane lane, String title, Task<T> task) {
        Box<T> box = new Box<>();
        Job<T> job = new Job<>(numbers.incrementAndGet(), title, lane, () -> box.tell(listeners));
        box.job = java.util.Optional.of(job);
        box.tell(listeners);
        try {
            switch (lane) {
                case DEVICE -> device.execute(() -> quiet.run(() -> job.execute(task)));
                case BACKGROUND, UPKEEP -> background.execute(() -> job.execute(task));
            }
        } catch (RejectedExecutionException closed) {
            // The program ends while a view still asks for something: that is no mistake of the view's.
            job.cancel();
        }
        return job;
    }

    /// For work that would disturb a measurement and that can wait: each time it asks `context` whether to stop, it
    /// waits until no job of [Lane#DEVICE] runs.
    public JobContext aside(JobContext context) {
        return quiet.waiting(context);
    }

    public void listen(Consumer<Job<?>> listener) {
        listeners.add(listener);
    }

    /// A daemon platform thread for a blocking loop that is not a job (a socket reader, a sampler). Ends with
    /// its owner.
    public static Thread daemon(String name, Runnable body) {
        return Thread.ofPlatform().daemon().name(name).start(body);
    }

    /// A thread that the end of the process starts, once it is registered as a shutdown hook.
    public static Thread hook(String name, Runnable body) {
        return Thread.ofPlatform().name(name).unstarted(body);
    }

    @Override
    public void close() {
        device.shutdownNow();
        background.shutdownNow();
    }

    private static final class Box<T> {
        private volatile java.util.Optional<Job<T>> job = java.util.Optional.empty();

        void tell(List<Consumer<Job<?>>> listeners) {
            job.ifPresent(j -> listeners.forEach(l -> l.accept(j)));
        }
    }
}
