package dev.lathe.profile.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.architecture.OurClasses;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.engine.ort.OrtEngine;
import dev.lathe.profile.placed.SeveralEngine;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every engine keeps to. They are opened where they always live: in a worker.
class EngineContractTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @TempDir
    Path folder;

    static List<String> onnxEngines() {
        // PyTorch runs TorchScript files, which PyTorchEngineTest asks the same of, and "several" placed models, which
        // SeveralEngineTest does.
        return engines().stream()
                .filter(e -> !e.equals(PyTorchEngine.ID) && !e.equals(SeveralEngine.ID))
                .toList();
    }

    static List<String> engines() {
        return EngineCatalog.all().stream().map(EngineCatalog.Entry::id).toList();
    }

    @Test
    void everyEngineIsRegistered() {
        Set<String> written = OurClasses.implementing(ExecutionEngine.class);
        List<String> registered = ServiceLoader.load(ExecutionEngine.class).stream()
                .map(p -> p.type().getName())
                .toList();
        assertThat(registered).containsExactlyInAnyOrderElementsOf(written);
        assertThat(engines()).doesNotHaveDuplicates().contains("onnxruntime");
    }

    @Test
    void anEngineThatCannotBeUsedSaysWhyAndWhatWouldHelp() {
        for (EngineCatalog.Entry e : EngineCatalog.all()) {
            if (e.availability() instanceof Availability.Missing(String reason, String remedy)) {
                assertThat(reason).as(e.id()).isNotBlank();
                assertThat(remedy).as(e.id()).isNotBlank();
            }
        }
    }

    private Path model(String graph) throws LatheException {
        Path file = folder.resolve("model.onnx");
        Formats.export(GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph), file, JobContext.quiet());
        return file;
    }

    private static void assumeReady(String engine) {
        EngineCatalog.all().stream()
                .filter(e -> e.id().equals(engine))
                .forEach(e -> Assumptions.assumeTrue(
                        e.availability() instanceof Availability.Ready, () -> engine + ": " + e.availability()));
    }

    @ParameterizedTest
    @MethodSource("onnxEngines")
    void anEngineRunsAModelAndClosesCleanly(String engine) throws Exception {
        assumeReady(engine);
        Path file = model("graph g (x: float32[n, 2]) -> (y: float32[n, 2]) {\n y = Add(x, x) as twice\n}\n");
        MemorySegment x = MemorySegment.ofArray(new byte[24]);
        for (int i = 0; i < 6; i++) {
            x.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, i);
        }
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                Session session =
                        runner.open(file, new RunTarget(engine, CPU, 1), SessionConfig.of(1), JobContext.quiet())) {
            assertThat(session.inputs()).extracting(TensorSpec::name).containsExactly("x");
            assertThat(session.outputs()).extracting(TensorSpec::name).containsExactly("y");
            for (int round = 0; round < 2; round++) {
                HostTensor y = session.run(Map.of("x", HostTensor.of(DType.FLOAT32, List.of(3L, 2L), x)))
                        .get("y");
                assertThat(y.dims()).containsExactly(3L, 2L);
                for (int i = 0; i < 6; i++) {
                    assertThat(y.bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i))
                            .isEqualTo(2f * i);
                }
            }
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anEngineRefusesWhatItDoesNotKnowInOneLine(String engine) throws Exception {
        assumeReady(engine);
        Path file = model("graph g (x: float32[2]) -> (y: float32[2]) {\n y = Quux(x) as strange\n}\n");
        boolean onnx = onnxEngines().contains(engine);
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            assertThatThrownBy(() ->
                            runner.open(file, new RunTarget(engine, CPU, 1), SessionConfig.of(1), JobContext.quiet()))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining(
                            onnx ? "Quux" : engine.equals(SeveralEngine.ID) ? "no placed model" : "no TorchScript file")
                    .hasMessageContaining("model.onnx")
                    .message()
                    .doesNotContain("\n");
        }
    }

    /// What a measurement with several runs in flight leans on.
    @Test
    void runsInFlightOnOneModelOfTheDefaultEngineDoNotMixTheirInputs() throws Exception {
        Path file = model("graph g (x: float32[64]) -> (y: float32[64]) {\n y = Add(x, x) as twice\n}\n");
        try (Session whole = new OrtEngine().open(file, SessionConfig.of(1))) {
            List<CompletableFuture<String>> all = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(4);
            for (int stream = 1; stream <= 4; stream++) {
                Session own = whole.stream().orElseThrow();
                float value = stream;
                CompletableFuture<String> told = new CompletableFuture<>();
                all.add(told);
                Jobs.daemon("stream " + stream, () -> {
                    try (own) {
                        together.await(20, TimeUnit.SECONDS);
                        for (int i = 0; i < 200; i++) {
                            MemorySegment x = MemorySegment.ofArray(new byte[256]);
                            for (int e = 0; e < 64; e++) {
                                x.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * e, value + i);
                            }
                            HostTensor y = own.run(Map.of("x", HostTensor.of(DType.FLOAT32, List.of(64L), x)))
                                    .get("y");
                            for (int e = 0; e < 64; e++) {
                                assertThat(y.bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * e))
                                        .isEqualTo(2 * (value + i));
                            }
                        }
                        told.complete("");
                    } catch (Exception | AssertionError e) {
                        told.complete(e.toString());
                    }
                });
            }
            for (CompletableFuture<String> told : all) {
                assertThat(told.get(60, TimeUnit.SECONDS)).isEmpty();
            }
            // Closed streams leave the model open.
            assertThat(whole.run(Map.of(
                            "x", HostTensor.of(DType.FLOAT32, List.of(64L), MemorySegment.ofArray(new byte[256])))))
                    .containsKey("y");
        }
    }

    /// The default engine takes and gives every type that a model of this kind may have, scalars and empty tensors
    /// too.
    @ParameterizedTest
    @MethodSource("types")
    void onnxRuntimeTakesAndGivesTensorsOfEveryType(DType type) throws Exception {
        Path file = model("graph g (x: " + type.text() + "[...], s: " + type.text() + "[]) -> (y: " + type.text()
                + "[...], t: " + type.text() + "[]) {\n y = Identity(x) as a\n t = Identity(s) as b\n}\n");
        byte[] content = new byte[(int) type.bytesFor(6)];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (type == DType.BOOL ? i % 2 : i + 1);
        }
        HostTensor scalar =
                HostTensor.of(type, List.of(), MemorySegment.ofArray(content).asSlice(0, type.bytesFor(1)));
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                Session session = runner.open(
                        file, new RunTarget("onnxruntime", CPU, 1), SessionConfig.of(1), JobContext.quiet())) {
            HostTensor full = HostTensor.of(type, List.of(2L, 3L), MemorySegment.ofArray(content));
            HostTensor none = HostTensor.of(type, List.of(0L, 3L), MemorySegment.ofArray(new byte[0]));
            for (HostTensor x : List.of(full, none)) {
                Map<String, HostTensor> out = session.run(Map.of("x", x, "s", scalar));
                HostTensor y = out.get("y");
                assertThat(y.dtype()).isEqualTo(type);
                assertThat(y.dims()).isEqualTo(x.dims());
                assertThat(y.bytes().toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(x.bytes().toArray(ValueLayout.JAVA_BYTE));
                assertThat(out.get("t").dims()).isEmpty();
                assertThat(out.get("t").bytes().toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(scalar.bytes().toArray(ValueLayout.JAVA_BYTE));
            }
        }
    }

    static List<DType> types() {
        return List.of(
                DType.FLOAT32,
                DType.FLOAT64,
                DType.FLOAT16,
                DType.BFLOAT16,
                DType.BOOL,
                DType.INT8,
                DType.UINT8,
                DType.INT16,
                DType.UINT16,
                DType.INT32,
                DType.UINT32,
                DType.INT64,
                DType.UINT64);
    }

    @Test
    void onnxRuntimeTakesAndGivesStrings() throws Exception {
        Path file = model("graph g (x: string[n]) -> (y: string[n]) {\n y = Identity(x) as a\n}\n");
        HostTensor words = new HostTensor(
                DType.STRING, List.of(3L), MemorySegment.ofArray(new byte[0]), List.of("naïve", "", "文字"));
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                Session session = runner.open(
                        file, new RunTarget("onnxruntime", CPU, 1), SessionConfig.of(1), JobContext.quiet())) {
            assertThat(session.run(Map.of("x", words)).get("y").strings()).isEqualTo(words.strings());
        }
    }
}
