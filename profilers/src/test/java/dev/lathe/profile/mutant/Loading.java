package dev.lathe.profile.mutant;

import dev.lathe.profile.worker.WorkerLaunch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// ONNX Runtime in a process of its own, which loads one model after the other: what takes that process down, or too
/// long, is told as such, and the next model gets a new one.
final class Loading implements AutoCloseable {
    static final String DIED = "the process died";
    static final String TOO_LONG = "it takes too long";
    private static final int MOST_SECONDS = 20;

    private Process process;
    private Writer to;
    private BufferedReader from;

    Loading() throws IOException {
        start();
    }

    private void start() throws IOException {
        WorkerLaunch launch = WorkerLaunch.ofThisProcess();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                launch.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "lathe-mutant-crash.log"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                LoadingMain.class.getName()));
        builder.environment().put("CLASSPATH", launch.classPath());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        process = builder.start();
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Asks for a model; [#refusal] waits for the answer.
    void begin(Path model) throws IOException {
        ask(model.toString());
    }

    /// Whether the model runs on inputs of zeros or of ones; also where some of its inputs are no tensors.
    boolean runs(Path model) throws IOException {
        ask(LoadingMain.RUN + model);
        return refusal().isEmpty();
    }

    private void ask(String line) throws IOException {
        if (!process.isAlive()) {
            again();
        }
        to.write(line + "\n");
        to.flush();
    }

    /// Empty where the model that was begun loads.
    String refusal() throws IOException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                String read = from.readLine();
                return read == null || !read.startsWith(LoadingMain.ANSWER)
                        ? DIED
                        : read.substring(LoadingMain.ANSWER.length());
            } catch (IOException broken) {
                return DIED;
            }
        });
        try {
            String answer = line.get(MOST_SECONDS, TimeUnit.SECONDS);
            if (answer.equals(DIED)) {
                again();
            }
            return answer;
        } catch (TimeoutException e) {
            again();
            return TOO_LONG;
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private void again() throws IOException {
        close();
        start();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
