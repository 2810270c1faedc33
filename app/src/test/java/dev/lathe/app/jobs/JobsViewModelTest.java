package dev.lathe.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsViewModelTest {
    private final Jobs jobs = new Jobs();
    private final JobsViewModel model = new JobsViewModel(jobs, Runnable::run);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        jobs.close();
    }

    private boolean untilReleased(JobContext c) {
        try {
            return held.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new JobCancelledException();
        }
    }

    private void done(Lane lane, String title) throws Exception {
        jobs.submit(lane, title, c -> true).outcome().get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatTheUserAskedForStaysInTheListHoweverMuchTheWindowDidForItself() throws Exception {
        done(Lane.DEVICE, "Run encoder");
        done(Lane.BACKGROUND, "Optimize: small");
        for (int i = 0; i < 100; i++) {
            done(Lane.UPKEEP, "Laying out the graph");
        }
        Job<Boolean> last = jobs.submit(Lane.DEVICE, "Compare outputs: small", this::untilReleased);
        assertThat(model.rows().stream().filter(r -> r.own()).map(JobRow::title))
                .containsExactly("Compare outputs: small", "Optimize: small", "Run encoder");
        last.cancel();
    }

    @Test
    void whatTheWindowDoesForItselfIsListedBelowTheUsersJobsWhileItGoesOn() throws Exception {
        Job<Boolean> own = jobs.submit(Lane.DEVICE, "Run encoder", this::untilReleased);
        Job<Boolean> upkeep = jobs.submit(Lane.UPKEEP, "Laying out the graph", this::untilReleased);
        assertThat(model.rows().stream().map(JobRow::title)).containsExactly("Run encoder", "Laying out the graph");
        held.countDown();
        own.outcome().get(20, TimeUnit.SECONDS);
        upkeep.outcome().get(20, TimeUnit.SECONDS);
        // Asking an ended job to stop tells the list once more.
        own.cancel();
        upkeep.cancel();
        assertThat(model.rows().stream().map(JobRow::title)).containsExactly("Run encoder");
    }

    @Test
    void whatTheWindowCouldNotDoForItselfIsTold() throws Exception {
        Job<Boolean> failing = jobs.submit(Lane.UPKEEP, "Analyse encoder", c -> {
            throw new LatheException(Diagnostic.error("no-shape", "The shapes do not fit.", Place.nowhere()));
        });
        failing.outcome().get(20, TimeUnit.SECONDS);
        failing.cancel(); // tells the list once more
        assertThat(model.rows())
                .singleElement()
                .satisfies(r -> assertThat(r.step()).contains("The shapes do not fit."));
    }
}
