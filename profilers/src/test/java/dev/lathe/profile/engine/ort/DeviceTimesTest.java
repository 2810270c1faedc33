package dev.lathe.profile.engine.ort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a device the runtime's events say when work was handed over, and the device's own what it took.
class DeviceTimesTest {
    @TempDir
    Path folder = Path.of("");

    private static String node(String name, long start, long micros, String provider) {
        return """
                {"cat": "Node", "pid": 1, "tid": 2, "dur": %d, "ts": %d, "ph": "X", "name": "%s_kernel_time",
                 "args": {"op_name": "Conv", "provider": "%s"}}""".formatted(micros, start, name, provider);
    }

    private static String program(String name, long start, long micros) {
        return """
                {"cat": "Api", "pid": -1, "tid": -1, "dur": %d, "ts": %d, "ph": "X", "name": "%s",
                 "args": {"shapes": "inputs[0] = {46} "}}""".formatted(micros, start, name);
    }

    private List<KernelEvent> read(String... events) throws Exception {
        Path file = Files.writeString(folder.resolve("profile.json"), "[" + String.join(",", events) + "]");
        TracedRun run = ProfileJson.read(file);
        return run.kernels();
    }

    private static Duration micros(long n) {
        return Duration.ofNanos(1000 * n);
    }

    @Test
    void theTimeOfANodeIsThatOfItsProgramsOnTheDevice() throws Exception {
        List<KernelEvent> kernels = read(
                node("a&b/Conv", 100, 5, "WebGpuExecutionProvider"),
                node("shape", 106, 3, "CPUExecutionProvider"),
                program("a&b/Conv&Conv&Im2Col", 300, 1000),
                program("a&b/Conv&Conv&MatMul", 1300, 500));
        assertThat(kernels.getFirst().duration()).isEqualTo(micros(1500));
        assertThat(kernels.getFirst().start()).isEqualTo(micros(200));
        assertThat(kernels.getFirst().thread()).isEqualTo(KernelEvent.DEVICE);
        assertThat(kernels.getLast().duration()).isEqualTo(micros(3));
        assertThat(kernels.getLast().thread()).isEqualTo(2);
    }

    @Test
    void theRunsOfANodeInALoopHaveTheirOwnPrograms() throws Exception {
        List<KernelEvent> kernels = read(
                node("body", 100, 5, "WebGpuExecutionProvider"),
                node("body", 110, 5, "WebGpuExecutionProvider"),
                program("body&Conv&Conv", 300, 10),
                program("body&Conv&Conv", 310, 30));
        assertThat(kernels.stream().map(KernelEvent::duration)).containsExactly(micros(10), micros(30));
    }

    @Test
    void whatTheDeviceSaysNothingOfKeepsTheRuntimesTime() throws Exception {
        List<KernelEvent> kernels = read(
                node("flatten", 100, 5, "WebGpuExecutionProvider"),
                program("other&Conv&Conv", 300, 10),
                program("odd", 310, 10));
        assertThat(kernels.getFirst().duration()).isEqualTo(micros(5));
    }
}
