package dev.lathe.graph.conformance;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Runs work that may never end, and sees what processor time it takes.
final class Limited {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Limited() {}

    /// Work on one text.
    interface Work {
        void on(String text) throws Exception;
    }

    /// @param slow those that took longer than they may; where one was not done after twenty times that, no further
    ///     ones are tried
    /// @param failed those that threw, with what
    record Run(List<String> slow, List<String> failed) {}

    /// Tries the texts one after the other. One that takes longer than `limit` is tried once more, as the first of
    /// their kind load classes.
    static Run run(List<String> texts, Work work, long limitMillis) throws InterruptedException {
        List<String> slow = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        AtomicReference<String> now = new AtomicReference<>("");
        AtomicLong since = new AtomicLong();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            for (String text : texts) {
                now.set(text);
                try {
                    long first = millis(() -> work.on(text), since);
                    if (first > limitMillis && Math.min(first, millis(() -> work.on(text), since)) > limitMillis) {
                        slow.add(text);
                    }
                } catch (Exception | StackOverflowError e) {
                    failed.add(e + ": " + text);
                }
            }
        });
        while (thread.isAlive()) {
            thread.join(50);
            // Below 0 where the thread ended meanwhile.
            long used = THREADS.getThreadCpuTime(thread.threadId()) - since.get();
            if (thread.isAlive() && used / 1_000_000 > 20 * limitMillis) {
                return new Run(List.of(now.get()), List.of());
            }
        }
        return new Run(slow, failed);
    }

    /// Processor time of one piece of work, in ms; empty where it was not done within `limitMillis`.
    static Optional<Long> time(String text, Work work, long limitMillis) throws InterruptedException {
        AtomicLong took = new AtomicLong(-1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                took.set(millis(() -> work.on(text), new AtomicLong()));
            } catch (Exception | Error e) {
                failure.set(e);
            }
        });
        while (thread.isAlive()) {
            thread.join(50);
            if (thread.isAlive() && THREADS.getThreadCpuTime(thread.threadId()) / 1_000_000 > limitMillis) {
                return Optional.empty();
            }
        }
        if (failure.get() != null) {
            throw new AssertionError("with " + text.substring(0, Math.min(text.length(), 200)), failure.get());
        }
        return Optional.of(took.get());
    }

    private interface Piece {
        void run() throws Exception;
    }

    private static long millis(Piece piece, AtomicLong since) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        since.set(start);
        piece.run();
        return (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
    }
}
