package dev.lathe.optimize.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageCutterTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @TempDir
    Path folder;

    @Test
    void stagesHaveWhatTheyUseAndNothingElse() throws Exception {
        Model model = Models.parse("(x: float32[batch, 2], m: float32[batch, 2]) -> (y: float32[batch, 2])", """
                const w = float32[2, 2] {1, 2, 3, 4}
                const v = float32[2] {5, 6}
                a = MatMul(x, w) as first
                b = Add(a, v) as second
                y = Mul(b, m) as third
                """);
        List<StageModel> cut = cut(model, 2);
        StageModel one = cut.getFirst();
        StageModel two = cut.getLast();
        assertThat(one.modelInputs()).containsExactly("x");
        assertThat(one.carriedOut()).containsExactly("b");
        assertThat(two.carriedIn()).containsExactly("b");
        assertThat(two.modelInputs()).containsExactly("m");
        assertThat(two.modelOutputs()).containsExactly("y");
        assertThat(two.model().graph().initializers()).isEmpty();
        assertThat(one.model().graph().nodes().stream().map(Node::name)).containsExactly("first", "second");
        assertThat(one.model().graph().nodes().getFirst())
                .isEqualTo(model.graph().nodes().getFirst());
        // The free dimension stays free.
        assertThat(two.model()
                        .graph()
                        .value(two.model().graph().inputs().getLast())
                        .orElseThrow()
                        .declared()
                        .shape()
                        .toString())
                .isEqualTo("[batch, 2]");
    }

    @Test
    void aValueUsedTwoStagesLaterIsCarriedThere() throws Exception {
        Model model = Models.parse("(x: float32[2]) -> (y: float32[2])", """
                a = Relu(x)
                b = Sigmoid(a)
                y = Add(a, b)
                """);
        List<StageModel> cut = StageCutter.cut(
                model,
                Models.analysis(model),
                PipelineCuts.of(Models.analysis(model), Map.of()).placement(List.of(1, 2), Models.cores(3)));
        assertThat(cut.get(0).carriedOut()).containsExactly("a");
        assertThat(cut.get(1).carriedIn()).containsExactly("a");
        assertThat(cut.get(1).carriedOut()).containsExactly("b");
        assertThat(cut.get(2).carriedIn()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatASubgraphUsesBecomesAnInputOfItsStage() throws Exception {
        Model model = Models.parse("(x: float32[2], yes: bool[]) -> (z: float32[2])", """
                const k = float32[2] {1, 2}
                a = Relu(x)
                b = Sigmoid(a)
                z = If(yes) {then_branch = graph t () -> (p) {
                  p = Add(a, k)
                }, else_branch = graph e () -> (q) {
                  q = Identity(b)
                }}
                """);
        List<StageModel> cut = cut(model, 2);
        StageModel two = cut.getLast();
        assertThat(two.carriedIn()).containsExactlyInAnyOrder("a", "b");
        assertThat(two.modelInputs()).containsExactly("yes");
        assertThat(two.model().graph().initializers()).hasSize(1);
        assertThat(cut.getFirst().model().graph().initializers()).isEmpty();
    }

    @Test
    void sharedConstantsAreInEveryStageThatUsesThem() throws Exception {
        Model model = Models.parse("(x: float32[2]) -> (y: float32[2])", """
                const k = float32[2] {1, 2}
                k2 = Mul(k, k)
                a = Add(x, k2)
                y = Mul(a, k2)
                """);
        List<StageModel> cut = cut(model, 2);
        assertThat(cut).allSatisfy(s -> assertThat(s.model().graph().nodes()).hasSize(2));
        assertThat(cut.getLast().carriedIn()).containsExactly("a");
    }

    @Test
    void dataThatWouldFlowBackwardsIsRefused() throws Exception {
        Model model = Models.parse("(x: float32[2]) -> (y: float32[2])", "a = Relu(x)\ny = Relu(a)");
        List<Node> nodes = model.graph().nodes();
        Placement wrong = new Placement(List.of(
                new Stage(0, Models.cores(1).getFirst(), Set.of(nodes.get(1).id())),
                new Stage(1, Models.cores(1).getFirst(), Set.of(nodes.get(0).id()))));
        assertThatThrownBy(() -> StageCutter.cut(model, Models.analysis(model), wrong))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("earlier stage");
    }

    @Test
    void theStagesOfRealModelsComputeWhatTheWholeComputes() throws Exception {
        assumeTrue(Models.shared().isPresent(), "the folder of real models is not there");
        for (String name : List.of(
                "silero-vad-if-lstm-op16",
                "ultraface-rfb320-op9",
                "gtcrn-1786nodes-op11",
                "tiny-gpt2-past-kv-op",
                "functions_nested_op18",
                "mnist_cnn_qdq_int8",
                "ppocr-cls-op11")) {
            Path file = Models.shared().get().resolve(name + ".onnx");
            Model model = Formats.open(file, JobContext.quiet());
            DimBindings dims = DefaultDims.choose(model);
            Analysis analysis = Analysis.of(model, dims, JobContext.quiet());
            PipelineCuts cuts = PipelineCuts.of(analysis, Map.of());
            Placement placement = cuts.placement(cuts.best(Models.cores(2), JobContext.quiet()), Models.cores(2));
            List<PipelinePlan.StageFile> files =
                    PipelinePlan.write(StageCutter.cut(model, analysis, placement), folder, name, JobContext.quiet());
            Map<String, HostTensor> inputs = InputGenerator.generate(model, analysis, 1);
            Map<String, HostTensor> whole = run(file, inputs);
            Map<String, HostTensor> tensors = new LinkedHashMap<>(inputs);
            for (PipelinePlan.StageFile f : files) {
                Map<String, HostTensor> own = new LinkedHashMap<>();
                f.stage().modelInputs().forEach(n -> own.put(n, inputs.get(n)));
                f.stage().carriedIn().forEach(n -> own.put(n, tensors.get(n)));
                tensors.putAll(run(f.file(), own));
            }
            Map<String, HostTensor> parts = whole.keySet().stream().collect(Collectors.toMap(n -> n, tensors::get));
            assertThat(OutputGap.maxAbs(whole, parts)).as(name).isLessThan(1e-4);
        }
    }

    private static Map<String, HostTensor> run(Path file, Map<String, HostTensor> inputs) throws LatheException {
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                Session session = runner.open(
                        file, new RunTarget("onnxruntime", CPU, 1), SessionConfig.of(1), JobContext.quiet())) {
            return session.run(inputs);
        }
    }

    private static List<StageModel> cut(Model model, int border) throws LatheException {
        Analysis analysis = Models.analysis(model);
        PipelineCuts cuts = PipelineCuts.of(analysis, Map.of());
        int at = model.graph().nodes().size() == 4 ? 2 : border;
        return StageCutter.cut(model, analysis, cuts.placement(List.of(at), Models.cores(2)));
    }
}
