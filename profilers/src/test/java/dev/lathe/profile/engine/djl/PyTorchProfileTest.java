package dev.lathe.profile.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchProfileTest {
    @TempDir
    Path folder;

    private static String event(String name, double start, double micros, int thread, String shape) {
        return """
                {"name": "%s", "ph": "X", "ts": %s, "dur": %s, "tid": %d, "pid": "CPU Functions",
                 "shape": %s, "cpu mem": "0 b", "args": {}}""".formatted(name, start, micros, thread, shape);
    }

    private TracedRun read(String... events) throws IOException {
        return PyTorchProfile.read(
                Files.writeString(folder.resolve("profile.json"), "[\n" + String.join(",\n", events) + "]\n"));
    }

    @Test
    void onlyTheOperatorsThatTheProgramItselfCallsAreKernels() throws Exception {
        TracedRun run = read(
                event("aten::empty", 12.5, 1, 1, "[[], []]"),
                event("aten::convolution", 11, 8, 1, "[[1, 3, 8, 8], [4, 3, 3, 3], [], []]"),
                event("aten::conv2d", 10.25, 10.5, 1, "[[1, 3, 8, 8], [4, 3, 3, 3], [], []]"),
                event("aten::relu", 21, 2, 1, "[[1, 4, 6, 6]]"),
                event("aten::relu", 24, 1, 1, "[[1, 4, 6, 6]]"),
                event("forward", 9, 20, 1, "[[], [1, 3, 8, 8]]"),
                event("aten::fill_", 11, 100, 2, "[[]]"));
        assertThat(run.kernels()).extracting(KernelEvent::node).containsExactly("conv2d_1", "relu_1", "relu_2");
        KernelEvent first = run.kernels().getFirst();
        assertThat(first.op()).isEqualTo("aten::conv2d");
        assertThat(first.inputShapes()).isEqualTo("[1,3,8,8] [4,3,3,3]");
        assertThat(first.start()).isEqualTo(Duration.ofNanos(1250));
        assertThat(first.duration()).isEqualTo(Duration.ofNanos(10_500));
        assertThat(run.wall()).isEqualTo(Duration.ofNanos(20_000));
    }

    @Test
    void aRunWithoutEventsHasNoKernels() throws Exception {
        assertThat(read().kernels()).isEmpty();
    }

    @Test
    void aProfileThatBreaksOffIsNoProfile() {
        assertThatThrownBy(() -> read("{\"name\": \"aten::relu\", \"shape\": [[1, 3"))
                .isInstanceOf(IOException.class);
    }
}
