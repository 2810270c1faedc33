package dev.lathe.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How many characters fit into a line of the terminal, and how many lines on it.
record TerminalSize(int columns, int rows) {
    /// What terminals have been since punched cards; no picture is wrong on a larger one.
    static final TerminalSize USUAL = new TerminalSize(80, 24);

    private static final int LEAST_COLUMNS = 20;
    private static final int LEAST_ROWS = 4;

    /// As the terminal says it; where it does not, as the environment does.
    static TerminalSize now() {
        return asked().or(() -> of(System.getenv())).orElse(USUAL);
    }

    /// `LINES` and `COLUMNS`, which shells know and seldom pass on.
    static Optional<TerminalSize> of(Map<String, String> environment) {
        return of(environment.getOrDefault("LINES", USUAL.rows() + "") + " " + environment.getOrDefault("COLUMNS", ""));
    }

    /// @param size rows and columns, as `stty size` prints them
    static Optional<TerminalSize> of(String size) {
        String[] words = size.strip().split("\\s+");
        if (words.length != 2 || !words[0].matches("\\d{1,5}") || !words[1].matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int columns = Integer.parseInt(words[1]);
        // A terminal that nobody told its size says 0.
        return columns < LEAST_COLUMNS
                ? Optional.empty()
                : Optional.of(new TerminalSize(columns, Math.max(LEAST_ROWS, Integer.parseInt(words[0]))));
    }

    private static Optional<TerminalSize> asked() {
        File terminal = new File("/dev/tty");
        if (!terminal.exists()) {
            return Optional.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            return of(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
