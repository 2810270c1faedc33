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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Takes a model through everything that reads models, and looks at what that takes.
final class Survival {
    /// Small files must take no longer than this; what the machine needs to start is part of it.
    static final Duration OF_A_SMALL_FILE = Duration.ofSeconds(2);

    private Survival() {}

    /// @param output the type of the model's first output after all of it was done
    /// @param fileBytes how large the file is
    /// @param allocated bytes that were asked for while it was analysed, verified and printed
    record Outcome(String output, long fileBytes, long allocated) {}

    /// Writes the model that the text says into `folder`, opens it and does all that is done with models.
    ///
    /// @param limit how much processor time that may take
    static Outcome of(String text, Path folder, Duration limit) throws InterruptedException {
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                outcome.set(through(text, folder, threads));
            } catch (LatheException | IOException | RuntimeException | Error e) {
                failure.set(e);
            }
        });
        while (thread.isAlive()) {
            thread.join(100);
            long used = Math.max(0, threads.getThreadCpuTime(thread.threadId()));
            assertThat(Duration.ofNanos(used)).as("processor time").isLessThan(limit);
        }
        assertThat(failure.get()).isNull();
        return outcome.get();
    }

    private static Outcome through(String text, Path folder, ThreadMXBean threads) throws LatheException, IOException {
        Path file = folder.resolve("hostile.onnx");
        Formats.export(GraphText.parse(text), file, JobContext.quiet());
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
