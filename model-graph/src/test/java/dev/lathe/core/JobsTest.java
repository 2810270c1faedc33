package dev.lathe.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class JobsTest {
    private final Jobs jobs = new Jobs();

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void aJobEndsWithItsValue() {
        Job<Integer> job = jobs.submit(Lane.BACKGROUND, "count", c -> 42);
        assertThat(job.outcome().join()).isEqualTo(new Outcome.Done<>(42));
        assertThat(job.running()).isFalse();
    }

    @Test
    void aJobAfterTheEndIsCancelledAtOnce() {
        jobs.close();
        Job<Integer> job = jobs.submit(Lane.BACKGROUND, "late", c -> 42);
        assertThat(job.outcome().join()).isEqualTo(new Outcome.Cancelled<>());
    }

    @Test
    void aProblemOfTheUsersDataIsFailedWithItsDiagnostic() {
        Diagnostic d = Diagnostic.error("some-code", "a sentence", Place.nowhere());
        Job<Integer> job = jobs.submit(Lane.BACKGROUND, "fail", c -> {
            throw new LatheException(d);
        });
        assertThat(job.outcome().join()).isInstanceOfSatisfying(Outcome.Failed.class, f -> {
            assertThat(f.diagnostic()).isEqualTo(d);
            assertThat(f.cause()).isEmpty();
        });
    }

    @Test
    void ourOwnMistakeIsFailedWithItsCause() {
        Job<Integer> job = jobs.submit(Lane.BACKGROUND, "bug", c -> {
            throw new IllegalStateException("oops");
        });
        assertThat(job.outcome().join())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, f -> assertThat(f.cause()).isPresent());
    }

    @Test
    void aRunningJobThatAsksIsCancelled() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Job<Integer> job = jobs.submit(Lane.BACKGROUND, "endless", c -> {
            started.countDown();
            while (true) {
                c.checkCancelled();
                Thread.onSpinWait();
            }
        });
        started.await();
        job.cancel();
        assertThat(job.outcome().join()).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndNeverRuns() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        Job<Integer> first = jobs.submit(Lane.DEVICE, "first", c -> {
            started.countDown();
            await(release);
            return 1;
        });
        started.await();
        Job<Integer> second = jobs.submit(Lane.DEVICE, "second", c -> ran.incrementAndGet());
        second.cancel();
        assertThat(second.outcome().join()).isInstanceOf(Outcome.Cancelled.class);
        release.countDown();
        first.outcome().join();
        jobs.submit(Lane.DEVICE, "third", c -> 3).outcome().join();
        assertThat(ran).hasValue(0);
    }

    @Test
    void twoMeasurementsNeverOverlap() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Task<Integer> measure = c -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            return inside.decrementAndGet();
        };
        Job<Integer> last = jobs.submit(Lane.DEVICE, "m", measure);
        for (int i = 0; i < 100; i++) {
            last = jobs.submit(Lane.DEVICE, "m", measure);
        }
        last.outcome().join();
        assertThat(most).hasValue(1);
    }

    @Test
    void whatStandsAsideWaitsUntilAMeasurementIsOver() throws InterruptedException {
        CountDownLatch measuring = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger over = new AtomicInteger();
        Job<Integer> measurement = jobs.submit(Lane.DEVICE, "measure", c -> {
            measuring.countDown();
            await(release);
            return over.incrementAndGet();
        });
        measuring.await();
        CountDownLatch begun = new CountDownLatch(1);
        Job<Integer> hash = jobs.submit(Lane.UPKEEP, "hash", c -> {
            begun.countDown();
            jobs.aside(c).checkCancelled();
            return over.get();
        });
        Job<Integer> unwanted = jobs.submit(Lane.UPKEEP, "unwanted", c -> {
            jobs.aside(c).checkCancelled();
            return 1;
        });
        begun.await();
        unwanted.cancel();
        assertThat(unwanted.outcome().join()).as("also while it waits").isInstanceOf(Outcome.Cancelled.class);
        assertThat(hash.outcome().isDone()).isFalse();
        release.countDown();
        assertThat(hash.outcome().join()).isEqualTo(new Outcome.Done<>(1));
        assertThat(measurement.outcome().join()).isEqualTo(new Outcome.Done<>(1));
    }

    @Test
    void theInterruptOfACancelledJobDoesNotReachTheNextOne() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Job<Integer> sleeper = jobs.submit(Lane.DEVICE, "sleeper", c -> {
            started.countDown();
            await(new CountDownLatch(1));
            return 0;
        });
        started.await();
        sleeper.cancel();
        Job<Boolean> next =
                jobs.submit(Lane.DEVICE, "next", c -> Thread.currentThread().isInterrupted());
        assertThat(next.outcome().join()).isEqualTo(new Outcome.Done<>(false));
        assertThat(sleeper.outcome().join()).isInstanceOf(Outcome.Cancelled.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new JobCancelledException();
        }
    }
}
