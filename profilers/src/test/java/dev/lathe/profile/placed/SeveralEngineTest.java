package dev.lathe.profile.placed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import dev.lathe.profile.worker.WorkerRunner;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model in two stages, both on the CPU, each in a worker of its own.
class SeveralEngineTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of());
    private static final RunTarget TARGET = new RunTarget(SeveralEngine.ID, CPU, 1);

    @TempDir
    Path folder;

    private Path whole = Path.of("");
    private Path placed = Path.of("");

    private Path model(String name, String graph) throws LatheException {
        Path file = folder.resolve(name);
        Formats.export(GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph), file, JobContext.quiet());
        return file;
    }

    @BeforeEach
    void aPlacedModel() throws Exception {
        whole = model(
                "whole.onnx",
                "graph g (x: float32[2], b: float32[2]) -> (y: float32[2], a: float32[2]) {\n"
                        + " a = Add(x, x) as twice\n y = Mul(a, b) as product\n}\n");
        model("m.stage-1.onnx", "graph g (x: float32[2]) -> (a: float32[2]) {\n a = Add(x, x) as twice\n}\n");
        model(
                "m.stage-2.onnx",
                "graph g (a: float32[2], b: float32[2]) -> (y: float32[2]) {\n y = Mul(a, b) as product\n}\n");
        placed = write("cpu");
    }

    private Path write(String secondDevice) throws LatheException {
        Path file = folder.resolve("m" + PlacedModel.SUFFIX);
        PlacedModel.of(
                        whole,
                        Formats.open(whole, JobContext.quiet()),
                        List.of(
                                new PlacedModel.Stage(folder.resolve("m.stage-1.onnx"), "cpu"),
                                new PlacedModel.Stage(folder.resolve("m.stage-2.onnx"), secondDevice)))
                .write(file);
        return file;
    }

    private static HostTensor floats(float first, float second) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[8]);
        bytes.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 0, first);
        bytes.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4, second);
        return HostTensor.of(DType.FLOAT32, List.of(2L), bytes);
    }

    private static Session open(WorkerRunner runner, Path file) throws LatheException {
        return runner.open(file, TARGET, SessionConfig.of(1), JobContext.quiet());
    }

    @Test
    void theStagesComputeWhatTheWholeComputesAndLeaveNoProcess() throws Exception {
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                Session session = open(runner, placed)) {
            assertThat(session.inputs()).extracting(TensorSpec::name).containsExactly("x", "b");
            assertThat(session.outputs()).extracting(TensorSpec::name).containsExactlyInAnyOrder("y", "a");
            assertThat(ProcessHandle.current().descendants().count())
                    .as("a worker that hands on, and one for each stage")
                    .isEqualTo(3);
            for (int round = 1; round <= 2; round++) {
                Map<String, HostTensor> out = session.run(Map.of("x", floats(round, 5), "b", floats(10, -1)));
                assertThat(out).containsOnlyKeys("y", "a");
                assertThat(out.get("y").bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0))
                        .isEqualTo(20f * round);
                assertThat(out.get("y").bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4))
                        .isEqualTo(-10f);
            }
        }
        ProcessHandle.current().descendants().forEach(p -> p.onExit().join());
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aWorkerThatIsKilledTakesItsStagesWithIt() throws Exception {
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                Session session = open(runner, placed)) {
            List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            assertThatThrownBy(() -> session.run(Map.of("x", floats(1, 2), "b", floats(1, 2))))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("killed");
            all.forEach(p -> p.onExit().join());
            assertThat(all).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void itIsMeasuredLikeAnyModelAlsoWithRequestsInFlight() throws Exception {
        Model model = PlacedModel.open(placed, JobContext.quiet());
        ProfilePlan plan = new ProfilePlan(TARGET, SessionConfig.USUAL, 2, 10, 1, DimBindings.NONE, 10);
        WorkerProfiler profiler = new WorkerProfiler(WorkerLaunch.ofThisProcess());
        ProfileRun one = profiler.profile(model, plan, s -> {}, JobContext.quiet());
        assertThat(one.latency().runs()).isEqualTo(10);
        assertThat(one.throughputPerSecond()).isPositive();
        assertThat(one.layers().keySet())
                .as("layers of the whole, by kernels of both stages")
                .isEqualTo(model.graph().nodes().stream().map(Node::id).collect(Collectors.toSet()));
        assertThat(one.layers().values())
                .allSatisfy(s -> assertThat(s.typical()).isPositive());
        // Handing over takes far more than two additions.
        assertThat(one.outsideLayers()).isGreaterThan(one.layerSum().dividedBy(2));
        assertThat(one.memory().peakResidentBytes())
                .as("of all three processes")
                .isGreaterThan(150_000_000);
        ProfileRun two = profiler.profile(model, plan.withStreams(2), s -> {}, JobContext.quiet());
        assertThat(two.latency().runs()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void layersWithoutNamesAreToldBesideEachOther() throws Exception {
        whole = model(
                "whole.onnx",
                "graph g (x: float32[2], b: float32[2]) -> (y: float32[2]) {\n"
                        + " a = Add(x, x)\n c = Mul(a, a)\n d = Add(c, b)\n y = Mul(d, b)\n}\n");
        model("m.stage-1.onnx", "graph g (x: float32[2]) -> (c: float32[2]) {\n a = Add(x, x)\n c = Mul(a, a)\n}\n");
        model(
                "m.stage-2.onnx",
                "graph g (c: float32[2], b: float32[2]) -> (y: float32[2]) {\n d = Add(c, b)\n y = Mul(d, b)\n}\n");
        Model model = PlacedModel.open(write("cpu:0"), JobContext.quiet());
        ProfilePlan plan = new ProfilePlan(TARGET, SessionConfig.USUAL, 2, 10, 1, DimBindings.NONE, 10);
        ProfileRun run =
                new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan, s -> {}, JobContext.quiet());
        assertThat(model.graph().nodes()).extracting(Node::name).containsOnly("");
        assertThat(model.graph().nodes().stream()
                        .map(n -> run.layers().get(n.id()))
                        .toList())
                .as("each layer has its own kernel, on its stage's device")
                .allSatisfy(s -> assertThat(s.typical()).isPositive())
                .extracting(s -> run.deviceOf(s).orElse(""))
                .containsExactly("cpu", "cpu", "cpu:0", "cpu:0");
        assertThat(run.trace())
                .extracting(KernelEvent::node)
                .containsExactlyElementsOf(
                        model.graph().nodes().stream().map(Node::shownName).toList());
    }

    @Test
    void aLayerIsToldOnTheDeviceOfItsStage() throws Exception {
        Model model = PlacedModel.open(write("cpu:0"), JobContext.quiet());
        ProfilePlan plan = new ProfilePlan(TARGET, SessionConfig.USUAL, 2, 10, 1, DimBindings.NONE, 10);
        ProfileRun run =
                new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan, s -> {}, JobContext.quiet());
        Map<String, String> devices = model.graph().nodes().stream()
                .collect(Collectors.toMap(
                        Node::name, n -> run.deviceOf(run.layers().get(n.id())).orElse("")));
        assertThat(devices).isEqualTo(Map.of("twice", "cpu", "product", "cpu:0"));
        assertThat(run.trace()).extracting(KernelEvent::device).containsExactly("cpu", "cpu:0");
    }

    @Test
    void whatGoesFromStageToStageIsToldWithItsBytesAndTime() throws Exception {
        Model model = PlacedModel.open(write("cpu:0"), JobContext.quiet());
        ProfilePlan plan = new ProfilePlan(TARGET, SessionConfig.USUAL, 2, 10, 1, DimBindings.NONE, 10);
        ProfileRun run =
                new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan, s -> {}, JobContext.quiet());
        assertThat(run.transfers()).hasSize(1);
        Transfer a = run.transfers().getFirst();
        assertThat(List.of(a.from(), a.to(), a.tensor())).containsExactly("cpu", "cpu:0", "a");
        assertThat(a.value())
                .isEqualTo(model.graph().outputs().stream()
                        .filter(v -> model.graph().nameOf(v).equals("a"))
                        .findFirst());
        assertThat(a.bytes()).isEqualTo(8);
        assertThat(a.count()).isEqualTo(1);
        // Two trips between processes at the most, of which a part is the other tensors'.
        assertThat(a.p50()).isPositive().isLessThan(run.latency().max());
    }

    @Test
    void itsStagesAreToldWithTheLayersOfTheWhole() throws Exception {
        Model model = PlacedModel.open(write("webgpu:0"), JobContext.quiet());
        Placement placement =
                PlacedStages.of(model, List.of(CPU), JobContext.quiet()).orElseThrow();
        assertThat(placement.stages()).extracting(s -> s.device().id()).containsExactly("cpu", "webgpu:0");
        assertThat(placement.stages().getFirst().device()).isEqualTo(CPU);
        assertThat(placement.stages())
                .extracting(Stage::nodes)
                .containsExactly(
                        Set.of(model.graph().nodes().getFirst().id()),
                        Set.of(model.graph().nodes().getLast().id()));
        assertThat(PlacedStages.of(Formats.open(whole, JobContext.quiet()), List.of(), JobContext.quiet()))
                .as("of a model that is not placed")
                .isEmpty();
    }

    @Test
    void aStageThatCannotBeOpenedIsNamed() throws Exception {
        Files.writeString(folder.resolve("m.stage-2.onnx"), "no model");
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            assertThatThrownBy(() -> open(runner, placed))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("stage 2 on cpu")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void aDeviceThatThisMachineLacksIsNamed() throws Exception {
        Path elsewhere = write("cpu:999");
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            assertThatThrownBy(() -> open(runner, elsewhere))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("cpu:999");
        }
    }

    @Test
    void aModelThatWasChangedSinceItWasSplitIsRefused() throws Exception {
        Files.write(whole, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        assertThatThrownBy(() -> PlacedModel.open(placed, JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("whole.onnx");
    }

    @Test
    void theFolderCanBeMovedAndOtherFilesAreRefused() throws Exception {
        PlacedModel read = PlacedModel.read(placed);
        assertThat(read.stages())
                .extracting(s -> s.file().getFileName().toString())
                .containsExactly("m.stage-1.onnx", "m.stage-2.onnx");
        Path moved = Files.createDirectory(folder.resolve("moved")).resolve("m" + PlacedModel.SUFFIX);
        Files.copy(placed, moved);
        assertThat(PlacedModel.read(moved).stages().getFirst().file().getParent())
                .isEqualTo(moved.toAbsolutePath().getParent());
        for (String content : List.of("{}", "[", "{\"kind\": \"lathe-run\", \"stages\": [1]}")) {
            Path other = Files.writeString(folder.resolve("other.json"), content);
            assertThatThrownBy(() -> PlacedModel.read(other))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("no placed model");
        }
    }
}
