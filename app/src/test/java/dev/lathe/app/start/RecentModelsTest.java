package dev.lathe.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecentModelsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void whenAModelWasOpenIsSaidAsPeopleDo() {
        assertThat(when("2026-03-02T09:05:00Z")).isEqualTo("today 09:05");
        assertThat(when("2026-03-01T23:59:00Z")).isEqualTo("yesterday");
        assertThat(when("2026-01-31T12:00:00Z")).isEqualTo("31 Jan");
        assertThat(when("2025-12-31T12:00:00Z")).isEqualTo("31 Dec 2025");
    }

    private static String when(String opened) {
        return RecentModels.when(Instant.parse(opened), NOW, ZoneOffset.UTC);
    }
}
