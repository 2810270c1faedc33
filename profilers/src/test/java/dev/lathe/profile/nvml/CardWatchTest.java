package dev.lathe.profile.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CardWatchTest {
    private static final long GIB = 1L << 30;
    private final PretendNvml driver = new PretendNvml();

    @AfterEach
    void close() {
        driver.close();
    }

    private CardWatch watch() {
        return CardWatch.open(() -> Nvml.open(driver.symbols()));
    }

    @Test
    void aCardTellsWhatAllProgramsHoldAndWhatTheseProcessesDo() {
        driver.card("A", 0);
        driver.card("B", 0);
        try (CardWatch watch = watch()) {
            driver.hold(1, 77, 3 * GIB);
            driver.hold(1, 78, GIB);
            driver.hold(1, 99, 5 * GIB);
            assertThat(watch.trouble()).isEmpty();
            assertThat(watch.read(Set.of(77L, 78L)))
                    .containsExactly(
                            new CardWatch.Reading("gpu 0 A", 4 * GIB, 4 * GIB, 0),
                            new CardWatch.Reading("gpu 1 B", 4 * GIB, 13 * GIB, 4 * GIB));
        }
        assertThat(driver.isShutDown()).isTrue();
    }

    @Test
    void withoutADriverItSaysWhy() {
        driver.refuse();
        try (CardWatch watch = watch()) {
            assertThat(watch.trouble()).contains("the NVIDIA driver does not answer (Driver Not Loaded)");
            assertThat(watch.read(Set.of(1L))).isEmpty();
        }
    }

    @Test
    void aDriverWithoutTheFunctionsTellsNothing() {
        driver.card("A", 0);
        driver.tellLess();
        try (CardWatch watch = watch()) {
            assertThat(watch.read(Set.of(1L))).isEqualTo(List.of());
            assertThat(watch.trouble()).contains("no NVIDIA card here tells what is held on it");
        }
    }
}
