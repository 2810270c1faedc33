package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker opens models, runs them, measures them, and its death is survived.
class WorkerRunnerTest {
    @TempDir
    static Path folder;

    private static Path minilm;
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @BeforeAll
    static void model() throws Exception {
        minilm = folder.resolve("minilm.onnx");
        try (InputStream in = WorkerRunnerTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, minilm);
        }
    }

    private static RunTarget target() {
        return new RunTarget("onnxruntime", CPU, 1);
    }

    private static Map<String, HostTensor> inputs(int length) {
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        for (String name : List.of("input_ids", "attention_mask", "token_type_ids")) {
            MemorySegment ids = MemorySegment.ofArray(new byte[8 * length]);
            for (int i = 0; i < length; i++) {
                long id = name.equals("input_ids") ? 1000 + i : name.equals("attention_mask") ? 1 : 0;
                ids.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i, id);
            }
            inputs.put(name, HostTensor.of(DType.INT64, List.of(1L, (long) length), ids));
        }
        return inputs;
    }

    @Test
    void aModelRunsInAnotherProcess() throws Exception {
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                var session = runner.openRemote(minilm, target(), SessionConfig.of(1), JobContext.quiet())) {
            assertThat(session.pid()).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(session.inputs()).extracting(s -> s.name()).contains("input_ids");
            Map<String, HostTensor> outputs = session.run(inputs(128));
            HostTensor hidden = outputs.values().iterator().next();
            assertThat(hidden.dims()).containsExactly(1L, 128L, 384L);
            assertThat(hidden.bytes().byteSize()).isEqualTo(4L * 128 * 384);
            assertThat(session.folder()).isDirectory();
        }
    }

    @Test
    void aLoopIsTimedAndTraced() throws Exception {
        SessionConfig config = new SessionConfig(1, SessionConfig.Level.EXTENDED, Optional.empty(), true, Map.of());
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                var session = runner.openRemote(minilm, target(), config, JobContext.quiet())) {
            List<Long> times = new ArrayList<>();
            List<Integer> kernels = new ArrayList<>();
            session.loop(
                    inputs(32),
                    2,
                    20,
                    10,
                    0,
                    p -> {
                        times.addAll(p.getRunNanosList());
                        p.getTracesList().forEach(t -> kernels.add(t.getKernelsCount()));
                    },
                    JobContext.quiet());
            assertThat(times).hasSize(20).allMatch(t -> t > 0);
            assertThat(kernels).hasSizeGreaterThanOrEqualTo(5).allMatch(k -> k > 20);
        }
    }

    @Test
    void aKilledWorkerIsReportedAndTheNextOneWorks() throws Exception {
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            try (var session = runner.openRemote(minilm, target(), SessionConfig.of(1), JobContext.quiet())) {
                long pid = session.pid();
                assertThatThrownBy(() -> session.loop(
                                inputs(128),
                                0,
                                0,
                                0,
                                0,
                                p -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly),
                                JobContext.quiet()))
                        .isInstanceOf(LatheException.class)
                        .hasMessageContaining("worker process " + pid)
                        .hasMessageContaining("killed");
            }
            try (var again = runner.open(minilm, target(), SessionConfig.of(1), JobContext.quiet())) {
                assertThat(again.run(inputs(8))).isNotEmpty();
            }
        }
    }

    @Test
    void aFileThatIsNoModelIsRefusedByName() throws Exception {
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            assertThatThrownBy(() -> runner.open(text, target(), SessionConfig.of(1), JobContext.quiet()))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("text.onnx");
        }
    }

    @Test
    void closingLeavesNoProcessAndNoFolder() throws Exception {
        long pid;
        Path folderOfWorker;
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                var session = runner.openRemote(minilm, target(), SessionConfig.of(1), JobContext.quiet())) {
            pid = session.pid();
            folderOfWorker = session.folder();
        }
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(folderOfWorker).doesNotExist();
    }
}
