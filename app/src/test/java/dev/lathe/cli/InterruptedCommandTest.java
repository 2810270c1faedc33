package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.app.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A command in a process of its own that is told to end while a worker runs a model for it: nothing is left.
class InterruptedCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "INT, 130, run MODEL --runs 100000000",
        "TERM, 143, run MODEL --runs 100000000",
        "TERM, 143, compare MODEL MODEL --samples 100000000",
        "TERM, 143, optimize MODEL --pass simplify --samples 100000000 -o OUT",
        "TERM, 143, report MODEL --runs 100000000 -o DIR",
        "TERM, 143, split MODEL --devices cpu:0 --runs 100000000 -o DIR",
        "TERM, 143, devices --measure",
    })
    void leavesNoWorkerAndNoFileAndTheTargetAsItWas(String signal, int exit, String line) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "signals are sent and looked up as on Linux");
        assumeTrue(!signal.equals("INT") || heard(2), "this process was started deaf to SIGINT, as its children are");
        Path model = model();
        Path target = Files.writeString(folder.resolve("out.onnx"), "as it was");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                Main.class.getName()));
        for (String word : line.split(" ")) {
            command.add(
                    switch (word) {
                        case "MODEL" -> model.toString();
                        case "OUT" -> target.toString();
                        case "DIR" -> folder.resolve("dir").toString();
                        default -> word;
                    });
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Path said = folder.resolve("stderr");
        Process process = builder.redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            ProcessHandle worker = workerOf(process, said);
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(exit);
            worker.onExit().get(5, TimeUnit.SECONDS);
            assertThat(Files.readString(said).strip()).isEqualTo("lathe: cancelled");
            assertThat(Files.readString(target)).isEqualTo("as it was");
            assertThat(names(temporary)).isEmpty();
            assertThat(names(folder)).containsExactlyInAnyOrder("model.onnx", "out.onnx", "stderr", "tmp");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void tellsWhatItMeasuredUntilThen() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "signals are sent and looked up as on Linux");
        Path json = folder.resolve("run.json");
        Path out = folder.resolve("stdout");
        Path said = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                Main.class.getName(),
                "run",
                model().toString(),
                "--runs",
                "100000000",
                "--live",
                "--json",
                json.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(said.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            // It tells its first counted runs.
            while (!Files.readString(out).contains(" runs  p50")) {
                assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
                assertThat(System.nanoTime())
                        .as("runs are told within a minute")
                        .isLessThan(deadline);
                Thread.onSpinWait();
            }
            new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(143);
            assertThat(Files.readString(said)).contains("lathe: cancelled");
            assertThat(CliRun.json(json).at("/latencyMs/p50").asDouble()).isPositive();
            assertThat(Files.readString(json)).contains("it was stopped");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// The worker, once it is there; other children only tell about the machine's devices.
    private static ProcessHandle workerOf(Process process, Path said) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            List<ProcessHandle> workers = process.children()
                    // A child that will ask the machine about its devices is for a moment a copy of its parent.
                    .filter(p -> p.info()
                            .commandLine()
                            .filter(c -> c.contains("lathe-w"))
                            .isPresent())
                    .toList();
            if (!workers.isEmpty()) {
                return workers.getFirst();
            }
            assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
            assertThat(System.nanoTime()).as("a worker starts within a minute").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /// Whether the system passes this signal on here: who runs tests in a shell's background may have it ignored.
    private static boolean heard(int signal) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1).stream()
                .filter(l -> l.startsWith("SigIgn:"))
                .mapToLong(l -> Long.parseUnsignedLong(l.substring(7).strip(), 16))
                .noneMatch(mask -> (mask & (1L << (signal - 1))) != 0);
    }

    private Path model() throws IOException {
        Path model = folder.resolve("model.onnx");
        try (InputStream in = InterruptedCommandTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            assumeTrue(in != null, "the MiniLM jar is not on the class path");
            if (in != null) {
                Files.copy(in, model);
            }
        }
        return model;
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
