package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that have not enough memory, of their own or of the system's: it is said, and the next run works.
class WorkerMemoryTest {
    private static final RunTarget TARGET = new RunTarget(
            "onnxruntime", new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of()), 1);

    @TempDir
    private Path folder;

    @Test
    void aWorkerThatMayNotHaveMoreMemorySaysSo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
        Path file = growing();
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        // Of address space, as a container's limit would be: 5 GB, which a tensor of 4 GB does not fit into.
        Path script = script("ulimit -v 5000000\nexec " + plain.java() + " \"$@\"\n");
        WorkerLaunch tight = new WorkerLaunch(script, plain.classPath(), plain.options());
        try (WorkerRunner runner = new WorkerRunner(tight);
                var session = runner.openRemote(file, TARGET, SessionConfig.of(1), JobContext.quiet())) {
            LatheException e = catchThrowableOfType(LatheException.class, () -> session.run(floats(1_000_000_000L)));
            assertThat(e.diagnostic().message()).containsIgnoringCase("memory");
            assertThat(session.run(floats(2)).get("y").dims()).containsExactly(2L);
        }
    }

    @Test
    void aTensorThatIsLargerThanTheWorkersHeapIsLookedAt() throws Exception {
        Path file = growing();
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        List<String> options = new ArrayList<>(plain.options());
        options.add("-Xmx64m");
        long elements = 40_000_000;
        try (WorkerRunner runner = new WorkerRunner(new WorkerLaunch(plain.java(), plain.classPath(), options));
                var session = runner.openRemote(file, TARGET, SessionConfig.of(1), JobContext.quiet())) {
            HostTensor y = session.run(floats(elements)).get("y");
            assertThat(y.dims()).containsExactly(elements);
            assertThat(y.bytes().byteSize()).isEqualTo(4 * elements);
            float given = floats(1).get("x").bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
            for (long at : new long[] {0, elements / 2, elements - 1}) {
                assertThat(y.bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * at))
                        .isEqualTo(given);
            }
        }
    }

    /// A model whose output is as large as it is told to be.
    private Path growing() throws Exception {
        Path file = folder.resolve("large.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[1], times: int64[1]) -> (y: float32[m]) {
                  y = Tile(x, times) as again
                }
                """), file, JobContext.quiet());
        return file;
    }

    private static Map<String, HostTensor> floats(long times) {
        return Map.of(
                "x",
                HostTensor.of(DType.FLOAT32, List.of(1L), MemorySegment.ofArray(new byte[4])),
                "times",
                HostTensor.of(
                        DType.INT64,
                        List.of(1L),
                        MemorySegment.ofArray(MemorySegment.ofArray(new long[] {times})
                                .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))));
    }

    @Test
    void aWorkerOutOfMemorySaysSoAndGoesOn() throws Exception {
        Path file = folder.resolve("words.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: string[n], times: int64[1]) -> (y: string[m]) {
                  y = Tile(x, times) as again
                }
                """), file, JobContext.quiet());
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        WorkerLaunch tight = new WorkerLaunch(plain.java(), plain.classPath(), List.of("-Xmx24m"));
        try (WorkerRunner runner = new WorkerRunner(tight);
                var session = runner.openRemote(file, TARGET, SessionConfig.of(1), JobContext.quiet())) {
            LatheException e = catchThrowableOfType(LatheException.class, () -> session.run(words(4_000_000)));
            assertThat(e.diagnostic().code()).isEqualTo("worker-memory");
            assertThat(e.diagnostic().message()).contains("memory");
            assertThat(session.run(words(2)).get("y").strings()).containsExactly("word", "word");
        }
    }

    private static Map<String, HostTensor> words(long times) {
        MemorySegment count = MemorySegment.ofArray(new long[] {times});
        return Map.of(
                "x",
                new HostTensor(DType.STRING, List.of(1L), MemorySegment.ofArray(new byte[0]), List.of("word")),
                "times",
                HostTensor.of(
                        DType.INT64,
                        List.of(1L),
                        MemorySegment.ofArray(count.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))));
    }

    private Path script(String body) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
        Path script = Files.writeString(folder.resolve("worker.sh"), "#!/bin/sh\n" + body);
        assumeTrue(script.toFile().setExecutable(true), "no executable files here");
        return script;
    }
}
