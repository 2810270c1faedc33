package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Takes a model through everything that reads models, and looks at what that takes.
final class Survival {
    /// Small files must take no longer than this in a JVM that has opened a file before, as in a fuzz run.
    static final Duration OF_A_SMALL_FILE = Duration.ofSeconds(2);

    private static boolean warm;

    private Survival() {}

    /// @param output the type of the model's first output after all of it was done
    /// @param fileBytes how large the file is
    /// @param allocated bytes that were asked for while it was analysed, verified and printed
    record Outcome(String output, long fileBytes, long allocated) {}

    /// Writes the model that the text says into `folder`, opens it and does all that is done with models.
    ///
    /// @param limit how much processor time opening it and all that may take; writing it has as much for itself
    static Outcome of(String text, Path folder, Duration limit) throws InterruptedException {
        warmUp(folder);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicLong written = new AtomicLong();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                Path file = folder.resolve("hostile.onnx");
                // The test's own work: what hurts is the file.
                Formats.export(GraphText.parse(text), file, JobContext.quiet());
                written.set(threads.getCurrentThreadCpuTime());
                outcome.set(through(file, threads));
            } catch (LatheException | IOException | RuntimeException | Error e) {
                failure.set(e);
            }
        });
        while (thread.isAlive()) {
            thread.join(100);
            // Below 0 where the thread ended meanwhile.
            long used = Math.max(0, threads.getThreadCpuTime(thread.threadId()) - written.get());
            assertThat(Duration.ofNanos(used)).as("processor time").isLessThan(limit);
        }
        assertThat(failure.get()).isNull();
        return outcome.get();
    }

    /// Classes are loaded, and what every file takes is compiled.
    private static synchronized void warmUp(Path folder) {
        if (warm) {
            return;
        }
        warm = true;
        String chain = IntStream.range(0, 300)
                .mapToObj(i ->
                        "s%d = Shape(x%1$d)\nr%1$d = Expand(x%1$d, s%1$d)\nx%d = Relu(r%1$d)\n".formatted(i, i + 1))
                .collect(Collectors.joining());
        String text = "model \"ONNX\" ir=10\nopset \"\" 21\ngraph g (x0: float32[n, 4]) -> (x300) {\n" + chain + "}\n";
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try {
            Path file = folder.resolve("first.onnx");
            Formats.export(GraphText.parse(text), file, JobContext.quiet());
            for (int i = 0; i < 10; i++) {
                Outcome unused = through(file, threads);
            }
        } catch (LatheException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Outcome through(Path file, ThreadMXBean threads) throws LatheException, IOException {
        Model model = Formats.open(file, JobContext.quiet());
        long before = threads.getCurrentThreadAllocatedBytes();
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        assertThat(Verifier.of(analysis, JobContext.quiet())).isNotNull();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(GraphText.print(model, 16)).isNotEmpty();
        assertThat(analysis.costs().total().flops().toString()).isNotEmpty();
        assertThat(analysis.liveness().peakBytes().toString()).isNotEmpty();
        String output = analysis.type(model.graph().outputs().getFirst()).toString();
        return new Outcome(output, Files.size(file), allocated);
    }

    /// A model of one graph; functions in the domain `local` may follow.
    static String graph(String signature, String body) {
        return "model \"ONNX\" ir=10\nopset \"\" 17\nopset \"local\" 1\ngraph g " + signature + " {\n" + body + "}\n";
    }

    /// @param attributes the names of those that calls give, with commas
    static String function(String name, String attributes, String signature, String body) {
        return "function \"local\" \"\" [" + attributes + "] {} opset \"\" 17 opset \"local\" 1 graph " + name + " "
                + signature + " {\n" + body + "}\n";
    }

    static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }
}
