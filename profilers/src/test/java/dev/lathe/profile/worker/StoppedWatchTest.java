package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What ps(1) says of a process, which is what there is where /proc is not.
class StoppedWatchTest {
    @Test
    void aStoppedProcessIsToldFromOneThatWaits() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/ps")), "no ps");
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        try {
            await(sleeper, state -> state.startsWith("S"));
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(sleeper.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            await(sleeper, state -> state.startsWith("T"));
        } finally {
            sleeper.destroyForcibly().waitFor();
        }
        assertThat(StoppedWatch.stateByPs(sleeper.pid())).isEmpty();
    }

    private static void await(Process p, Predicate<String> state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String now = StoppedWatch.stateByPs(p.pid());
        while (!state.test(now)) {
            assertThat(System.nanoTime()).as("still %s", now).isLessThan(deadline);
            now = StoppedWatch.stateByPs(p.pid());
        }
    }
}
