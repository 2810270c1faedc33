package dev.lathe.optimize.partition;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.HostTensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Sends a number of requests through the stages, several in flight: one thread per stage, bounded queues
/// between them. One use.
final class PipelineRound {
    /// How many requests wait before a stage at most: one is at hand while the stage works on another.
    private static final int QUEUE = 2;

    private final List<StageWorker> stages;
    private final Map<String, HostTensor> inputs;
    private final int requests;
    private final int inFlight;
    private final JobContext context;
    private final List<BlockingQueue<Request>> queues = new ArrayList<>();
    private final Semaphore places;
    private final CountDownLatch done;
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private final List<Busy> busy = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
    private volatile long start;
    private volatile long end;

    /// A request on its way: its number, when it came in, and the tensors it has so far.
    private record Request(int number, long entered, Map<String, HostTensor> tensors) {}

    PipelineRound(
            List<StageWorker> stages, Map<String, HostTensor> inputs, int requests, int inFlight, JobContext context) {
        this.stages = stages;
        this.inputs = inputs;
        this.requests = requests;
        this.context = context;
        this.inFlight = inFlight;
        this.places = new Semaphore(inFlight);
        this.done = new CountDownLatch(requests);
        for (int i = 0; i < stages.size(); i++) {
            queues.add(new ArrayBlockingQueue<>(QUEUE));
        }
    }

    /// Blocks until all requests are through.
    ///
    /// @throws LatheException when a stage fails or its worker dies
    void run() throws LatheException {
        List<Thread> threads = new ArrayList<>();
        start = System.nanoTime();
        try {
            for (int s = 0; s < stages.size(); s++) {
                int stage = s;
                threads.add(Jobs.daemon("lathe-stage-" + (s + 1), () -> serve(stage)));
            }
            for (int i = 0; i < requests; i++) {
                while (!places.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                    check();
                }
                Request request = new Request(i, System.nanoTime(), inputs);
                while (!queues.getFirst().offer(request, 50, TimeUnit.MILLISECONDS)) {
                    check();
                }
            }
            while (!done.await(50, TimeUnit.MILLISECONDS)) {
                check();
            }
            check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobCancelledException();
        } finally {
            threads.forEach(Thread::interrupt);
            threads.forEach(PipelineRound::waitFor);
        }
    }

    /// A session is closed by this thread next, so no other may still be in it.
    private static void waitFor(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check() throws LatheException {
        context.checkCancelled();
        Optional<Throwable> failed = failure.get();
        if (failed.isPresent()) {
            switch (failed.get()) {
                case LatheException e -> throw e;
                case RuntimeException e -> throw e;
                default -> throw new IllegalStateException(failed.get());
            }
        }
    }

    private void serve(int stage) {
        boolean last = stage == stages.size() - 1;
        try {
            for (int i = 0; i < requests; i++) {
                Request request = queues.get(stage).take();
                long from = System.nanoTime();
                Map<String, HostTensor> tensors = stages.get(stage).run(request.tensors(), inFlight);
                long to = System.nanoTime();
                busy.add(new Busy(
                        stage, request.number(), Duration.ofNanos(from - start), Duration.ofNanos(to - start)));
                if (last) {
                    latencies.add(to - request.entered());
                    end = to;
                    places.release();
                    done.countDown();
                } else {
                    queues.get(stage + 1).put(new Request(request.number(), request.entered(), tensors));
                }
            }
        } catch (InterruptedException e) {
            // The round is over or given up.
            Thread.currentThread().interrupt();
        } catch (LatheException | RuntimeException | Error e) {
            failure.compareAndSet(Optional.empty(), Optional.of(e));
        }
    }

    Duration took() {
        return Duration.ofNanos(end - start);
    }

    List<Busy> busy() {
        return List.copyOf(busy);
    }

    List<Long> latencies() {
        return List.copyOf(latencies);
    }
}
