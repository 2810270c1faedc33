package dev.lathe.app.drop;

import static org.assertj.core.api.Assertions.fail;

import dev.lathe.core.Jobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A program of the test in a process of its own, on the real screen, and the lines that it says.
final class Told implements AutoCloseable {
    private static final String ENDED = "(the program ended)";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> heard = new ArrayList<>();

    private Told(Process process) {
        this.process = process;
        var unused = Jobs.daemon("listen", () -> {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add(e.toString());
            } finally {
                lines.add(ENDED);
            }
        });
    }

    /// Starts `main` with this process's class path, on the window system of the DISPLAY.
    static Told start(Class<?> main, Path configuration, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dprism.order=sw",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LATHE_CONFIG", configuration.toString());
        builder.environment().put("GDK_BACKEND", "x11");
        builder.environment().remove("WAYLAND_DISPLAY");
        return new Told(builder.start());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void order(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /// The rest of the first line, of those not read yet, that starts with `start`; what was said before it is read
    /// too.
    String hear(String start) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<String> line = next(Duration.ofNanos(end - System.nanoTime()));
            if (line.isEmpty() || line.get().equals(ENDED)) {
                return fail("“" + start + "” was not said, but:\n" + String.join("\n", heard));
            }
            if (line.get().startsWith(start)) {
                return line.get().substring(start.length()).strip();
            }
        }
    }

    /// Whether such a line comes soon: for what is repeated until it has an effect.
    boolean hearsSoon(String start) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
        while (true) {
            Optional<String> line = next(Duration.ofNanos(end - System.nanoTime()));
            if (line.isEmpty() || line.get().startsWith(start)) {
                return line.isPresent();
            }
        }
    }

    /// What was said until now is not heard any more.
    void forget() {
        lines.drainTo(heard);
    }

    private Optional<String> next(Duration patience) throws InterruptedException {
        Optional<String> line = Optional.ofNullable(lines.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS));
        line.ifPresent(heard::add);
        return line;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
