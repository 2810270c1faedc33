package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalSizeTest {
    @Test
    void rowsAndColumnsAreTakenAsTheTerminalSaysThem() {
        assertThat(TerminalSize.of("50 132\n")).contains(new TerminalSize(132, 50));
        assertThat(TerminalSize.of("1 40")).contains(new TerminalSize(40, 4));
    }

    @Test
    void whatIsNoSizeIsNone() {
        assertThat(TerminalSize.of("0 0")).isEmpty();
        assertThat(TerminalSize.of("stdin isn't a terminal")).isEmpty();
        assertThat(TerminalSize.of("")).isEmpty();
    }

    @Test
    void theEnvironmentMayTell() {
        assertThat(TerminalSize.of(Map.of("COLUMNS", "100", "LINES", "30"))).contains(new TerminalSize(100, 30));
        assertThat(TerminalSize.of(Map.of("COLUMNS", "100"))).contains(new TerminalSize(100, 24));
        assertThat(TerminalSize.of(Map.of())).isEmpty();
    }
}
