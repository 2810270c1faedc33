package dev.lathe.profile.engine.ort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.ThreadUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How threads shared a kernel's work, from counts that go on from kernel to kernel.
class ThreadCountsTest {
    @TempDir
    Path folder = Path.of("");

    private static String kernel(String name, String provider, String stats) {
        return "\n{\"cat\" : \"Node\",\"pid\" :1,\"tid\" :7,\"dur\" :10,\"ts\" :100,\"ph\" : \"X\",\"name\" :\"" + name
                + "_kernel_time\",\"args\" : {\"op_name\" : \"MatMul\",\"provider\" : \"" + provider + "\""
                + stats + "}}";
    }

    private static String stats(String blocks, long first, long second) {
        return ",\"thread_scheduling_stats\" : {\"main_thread\": {\"thread_pool_name\": \"intra-op\", \"thread_id\":"
                + " \"1\", \"block_size\": [" + blocks + "], \"core\": 0, \"Run\": 8, \"Wait\": 2}, \"sub_threads\":"
                + " {\"2\": {\"num_run\": " + first + ", \"core\": 1},\"3\": {\"num_run\": " + second
                + ", \"core\": 1}}}";
    }

    private List<Optional<ThreadUse>> uses(String... kernels) throws IOException {
        Path file = folder.resolve("p.json");
        Files.writeString(file, "[" + String.join(",", kernels) + "\n]\n");
        return ProfileJson.read(file).kernels().stream()
                .map(KernelEvent::threads)
                .toList();
    }

    @Test
    void whatAThreadTookIsWhatItsCountGrewByAndOfTheFirstKernelNobodyKnowsThat() throws IOException {
        String cpu = "CPUExecutionProvider";
        assertThat(uses(
                        kernel("a", cpu, stats("1", 40, 39)),
                        kernel("b", cpu, stats("1, 1", 42, 39)),
                        kernel("c", cpu, stats("", 42, 39)),
                        kernel("d", cpu, stats("24200", 43, 40))))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new ThreadUse(2, List.of(2, 2, 0))),
                        Optional.of(new ThreadUse(0, List.of(1, 0, 0))),
                        Optional.of(new ThreadUse(1, List.of(1, 1, 1))));
        assertThat(new ThreadUse(2, List.of(2, 2, 0)).used()).isEqualTo(2);
    }

    @Test
    void withOneThreadThereIsNoPoolAndOfAnotherDeviceNothingIsTold() throws IOException {
        assertThat(uses(
                        kernel("a", "CPUExecutionProvider", ",\"thread_scheduling_stats\" : \"\""),
                        kernel("b", "WebGpuExecutionProvider", stats("", 1, 1)),
                        kernel("c", "CPUExecutionProvider", "")))
                .containsExactly(Optional.of(new ThreadUse(0, List.of(1))), Optional.empty(), Optional.empty());
    }

    @Test
    void aCountThatComesLateIsNoMoreThanThereWereLoops() throws IOException {
        String cpu = "CPUExecutionProvider";
        assertThat(uses(kernel("a", cpu, stats("", 5, 5)), kernel("b", cpu, stats("1", 7, 4))))
                .element(1)
                .isEqualTo(Optional.of(new ThreadUse(1, List.of(1, 1, 0))));
    }
}
