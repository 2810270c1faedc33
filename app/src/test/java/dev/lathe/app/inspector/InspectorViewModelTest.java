package dev.lathe.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.fixture.CopyingRun;
import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.project.ModelTitle;
import dev.lathe.app.project.Selection;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.torchscript.TorchScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InspectorViewModelTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final Jobs jobs = new Jobs();
    private final BlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
    private final List<Selection> picked = new ArrayList<>();
    private final InspectorViewModel inspector = new InspectorViewModel(jobs, window::add, picked::add);

    @AfterEach
    void close() {
        jobs.close();
    }

    private void show(Inspected what, boolean run) {
        var measured = Optional.of(encoder.run(1)).filter(r -> run);
        inspector.show(
                new ModelTitle("MiniLM · int8", "variant of MiniLM.onnx"),
                Optional.of(encoder.analysis()),
                measured.map(LayerTimes::of).orElse(LayerTimes.NONE),
                measured,
                what);
    }

    private static Inspected layer(Node n) {
        return new Inspected.Layer(n.id(), List.of(n.id()), "");
    }

    private InspectorState.LayerState layerState() {
        return (InspectorState.LayerState) inspector.state().get();
    }

    @Test
    void aLayerShowsItsTensorsWithTheirBytesAndItsWork() {
        show(layer(encoder.node("/encoder/layer.2/intermediate/dense/MatMul")), true);
        InspectorState.LayerState l = layerState();
        assertThat(l.tensors())
                .extracting(InspectorState.TensorRow::role)
                .containsExactly("input 1", "weight 1", "output 1");
        assertThat(l.tensors())
                .extracting(t -> t.bytes().orElseThrow())
                .containsExactly(128 * 384 * 4L, 384 * 1536 * 4L, 128 * 1536 * 4L);
        assertThat(l.work().flops()).hasValue(2L * 128 * 384 * 1536);
        assertThat(l.work().intensity().orElseThrow()).isCloseTo(45.2, within(0.1));
        InspectorState.Measured m = l.measured().orElseThrow();
        double seconds = m.stats().typical().toNanos() / 1e9;
        assertThat(m.rate().orElseThrow()).isCloseTo(2.0 * 128 * 384 * 1536 / seconds, within(1.0));
        assertThat(m.dataRate().orElseThrow() * m.intensity().orElseThrow())
                .isCloseTo(m.rate().orElseThrow(), within(m.rate().orElseThrow() * 1e-9));
    }

    @Test
    void copiesBetweenDevicesAreToldOfTheModelAndOfTheLayersAtBothEnds() {
        Node dense = encoder.node("/encoder/layer.2/intermediate/dense/MatMul");
        Node next = encoder.graph().consumers(dense.output(0)).getFirst();
        Transfer copy = CopyingRun.copy(
                encoder.graph(), encoder.graph().nameOf(dense.output(0)), "cpu", "webgpu:0", 786_432, 0.4);
        ProfileRun run = CopyingRun.of(encoder.run(1), List.of(copy), n -> n.equals(next.id()) ? "webgpu:0" : "cpu");
        for (Inspected what : List.of(new Inspected.Whole(), layer(dense), layer(next))) {
            inspector.show(
                    new ModelTitle("MiniLM", "MiniLM.onnx"),
                    Optional.of(encoder.analysis()),
                    LayerTimes.of(run),
                    Optional.of(run),
                    what);
            List<Transfer> told = switch (inspector.state().get()) {
                case InspectorState.ModelState m -> m.copies();
                case InspectorState.LayerState l -> l.copies();
                default -> List.of();
            };
            assertThat(told).as("%s", what).containsExactly(copy);
        }
        inspector.show(
                new ModelTitle("MiniLM", "MiniLM.onnx"),
                Optional.of(encoder.analysis()),
                LayerTimes.of(run),
                Optional.of(run),
                layer(encoder.node("/encoder/layer.1/intermediate/dense/MatMul")));
        assertThat(layerState().copies()).isEmpty();
        inspector.pick(Selection.value(copy.value().orElseThrow()));
        assertThat(picked).containsExactly(Selection.value(dense.output(0)));
    }

    @Test
    void whatAProgramDoesIsUnknownBeforeItRanAndNotNothing() throws Exception {
        Model read = GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph g () -> () {\n}\n");
        Model program = new Model(
                TorchScript.FORMAT,
                read.source(),
                0,
                Map.of(),
                "",
                "",
                "",
                0,
                "",
                Map.of(),
                read.graph(),
                List.of(),
                read.extra());
        for (Model m : List.of(read, program)) {
            inspector.show(
                    new ModelTitle("m", "m.pt"),
                    Optional.of(Analysis.of(m, DimBindings.NONE, JobContext.quiet())),
                    LayerTimes.NONE,
                    Optional.empty(),
                    new Inspected.Whole());
            var shown = (InspectorState.ModelState) inspector.state().get();
            assertThat(shown.work().flops().isPresent()).isEqualTo(m == read);
            assertThat(shown.work().bytes().isPresent()).isEqualTo(m == read);
        }
    }

    @Test
    void aRunThatBrokeOffShowsWhatWasMeasuredUntilThenAndSaysSo() {
        Diagnostic why = Diagnostic.error("worker-died", "It was killed.", new Place.InWorker(7));
        ProfileRun run = ProfileRun.interrupted(Instant.EPOCH, encoder.run(1).plan(), encoder.sample(1, Map.of()), why);
        assertThat(run.runTimes()).isEmpty();
        inspector.show(
                new ModelTitle("MiniLM", "MiniLM.onnx"),
                Optional.of(encoder.analysis()),
                LayerTimes.of(run),
                Optional.of(run),
                new Inspected.Whole());
        var shown = (InspectorState.ModelState) inspector.state().get();
        assertThat(shown.runs().orElseThrow().latency()).isEqualTo(run.latency());
        assertThat(shown.runs().orElseThrow().brokenOff()).hasValueSatisfying(said -> {
            assertThat(said.code()).isEqualTo(ProfileRun.BROKEN_OFF);
            assertThat(said.message()).contains("broke off", "30 runs", "It was killed.");
            assertThat(said.place()).isEqualTo(why.place());
        });
    }

    @Test
    void whatStandsInABranchIsCountedAndCanBeInspected() throws LatheException {
        Model model = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g (c: bool[], x: float32[2]) -> (y: float32[2]) {
                  const w = float32[2] {1.0, 2.0}
                  y = If(c) {then_branch = graph a () -> (r: float32[2]) {
                    r = Add(x, w)
                  }, else_branch = graph b () -> (q: float32[2]) {
                    q = Mul(x, w)
                  }}
                }
                """);
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        Node add =
                model.graph().nodes().getFirst().subgraphs().getFirst().nodes().getFirst();
        ModelTitle title = new ModelTitle("g", "");
        inspector.show(title, Optional.of(analysis), LayerTimes.NONE, Optional.empty(), new Inspected.Whole());
        InspectorState.ModelState whole =
                (InspectorState.ModelState) inspector.state().get();
        assertThat(whole.nodes()).isEqualTo(3);
        assertThat(whole.mainNodes()).isEqualTo(1);
        assertThat(whole.byOp()).extracting(InspectorState.OpShare::op).containsExactlyInAnyOrder("If", "Add", "Mul");
        inspector.show(title, Optional.of(analysis), LayerTimes.NONE, Optional.empty(), layer(add));
        assertThat(layerState().op()).isEqualTo("Add");
        assertThat(layerState().tensors())
                .extracting(InspectorState.TensorRow::role)
                .containsExactly("input 1", "weight 1", "output 1");
    }

    @Test
    void theWeightsArriveLaterFromAJob() throws InterruptedException {
        show(layer(encoder.node("/encoder/layer.2/intermediate/dense/MatMul")), false);
        assertThat(layerState().weights().orElseThrow().histogram()).isEmpty();
        Runnable arrival = window.poll(20, TimeUnit.SECONDS);
        assertThat(arrival).isNotNull();
        arrival.run();
        WeightHistogram h = layerState().weights().orElseThrow().histogram().orElseThrow();
        assertThat(h.sigma()).isCloseTo(0.043, within(0.001));
        assertThat(h.mean()).isCloseTo(0, within(0.001));
        assertThat(h.sampled()).isFalse();
        assertThat(h.bins().counts().stream().mapToInt(Integer::intValue).sum()).isEqualTo(384 * 1536);
    }

    @Test
    void whatArrivesAfterTheSelectionWentOnIsForgotten() throws InterruptedException {
        show(layer(encoder.node("/encoder/layer.2/intermediate/dense/MatMul")), false);
        show(new Inspected.Whole(), false);
        Runnable arrival = window.poll(20, TimeUnit.SECONDS);
        assertThat(arrival).isNotNull();
        arrival.run();
        assertThat(inspector.state().get()).isInstanceOf(InspectorState.ModelState.class);
    }

    @Test
    void aBlockShowsTheSumsOfItsLayers() {
        List<Node> inside = encoder.graph().nodes().stream()
                .filter(n -> n.name().contains("layer.2"))
                .toList();
        show(
                new Inspected.Block(
                        "encoder/layer.2", inside.stream().map(Node::id).toList()),
                true);
        InspectorState.BlockState b =
                (InspectorState.BlockState) inspector.state().get();
        assertThat(b.layers()).isEqualTo(inside.size());
        assertThat(b.work().flops())
                .hasValue(inside.stream()
                        .mapToLong(n -> encoder.analysis()
                                .costs()
                                .of(n.id())
                                .flops()
                                .fixed()
                                .orElseThrow())
                        .sum());
        assertThat(b.byOp().getFirst().op()).isEqualTo("MatMul");
        assertThat(b.byOp().stream().mapToDouble(InspectorState.OpShare::part).sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void weightsThatLieInConstantNodesHaveBytesToo() throws Exception {
        Model model = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[2]) -> (y: float32[2]) {
                  const w = float32[2] {1.0, 2.0}
                  k = Constant() {value = float32[2] {3.0, 4.0}}
                  s = Add(x, w)
                  y = Mul(s, k)
                }
                """);
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        inspector.show(
                new ModelTitle("g", ""),
                Optional.of(analysis),
                LayerTimes.NONE,
                Optional.empty(),
                new Inspected.Whole());
        InspectorState.ModelState m =
                (InspectorState.ModelState) inspector.state().get();
        assertThat(m.parameters()).hasValue(4);
        assertThat(m.parameterBytes()).hasValue(16);
    }

    @Test
    void withoutASelectionTheModelIsShown() {
        show(new Inspected.Whole(), true);
        InspectorState.ModelState m =
                (InspectorState.ModelState) inspector.state().get();
        assertThat(m.title()).isEqualTo("MiniLM · int8");
        assertThat(m.file())
                .filteredOn(f -> f.name().equals("graph name"))
                .extracting(InspectorState.Fact::value)
                .containsExactly(encoder.graph().name());
        assertThat(m.edges())
                .extracting(InspectorState.TensorRow::name)
                .containsExactly("input_ids", "attention_mask", "last_hidden_state");
        assertThat(m.freeDims()).extracting(InspectorState.Fact::name).containsExactly("batch", "sequence");
        assertThat(m.metadata()).containsEntry("licence", "Apache-2.0");
        assertThat(m.runs().orElseThrow().times()).hasSize(30);
    }

    @Test
    void aLargeTensorIsSampledAndItsZerosAreCounted() {
        long count = 3L << 20;
        Tensor t = Tensor.of(
                DType.FLOAT32,
                List.of(count),
                new Weights.Splat(List.of((byte) 0, (byte) 0, (byte) 0, (byte) 0), count));
        WeightHistogram h = WeightHistogram.of(t, JobContext.quiet()).orElseThrow();
        assertThat(h.sampled()).isTrue();
        assertThat(h.looked()).isEqualTo(WeightHistogram.ALL_BELOW);
        assertThat(h.zeroShare()).isEqualTo(1);
        assertThat(h.min()).isEqualTo(h.max());
    }

    @Test
    void integersAndHalvesAreReadAsNumbers() {
        Tensor bytes = Tensor.of(DType.INT8, List.of(4L), Weights.Heap.of(new byte[] {-128, 0, 1, 127}));
        assertThat(WeightHistogram.of(bytes, JobContext.quiet()).orElseThrow().min())
                .isEqualTo(-128);
        Tensor nibbles = Tensor.of(DType.INT4, List.of(4L), Weights.Heap.of(new byte[] {(byte) 0x8F, 0x70}));
        WeightHistogram h = WeightHistogram.of(nibbles, JobContext.quiet()).orElseThrow();
        assertThat(h.min()).isEqualTo(-8);
        assertThat(h.max()).isEqualTo(7);
        short half = Float.floatToFloat16(1.5f);
        Tensor f16 =
                Tensor.of(DType.FLOAT16, List.of(1L), Weights.Heap.of(new byte[] {(byte) half, (byte) (half >> 8)}));
        assertThat(WeightHistogram.of(f16, JobContext.quiet()).orElseThrow().max())
                .isEqualTo(1.5);
    }

    @Test
    void aTensorWithoutContentHasNoHistogram() {
        Tensor missing = Tensor.of(DType.FLOAT32, List.of(4L), new Weights.Missing(16, "opened without its weights"));
        assertThat(WeightHistogram.of(missing, JobContext.quiet())).isEmpty();
        Tensor words = Tensor.of(DType.STRING, List.of(1L), new Weights.Strings(List.of("a")));
        assertThat(WeightHistogram.of(words, JobContext.quiet())).isEmpty();
    }

    @Test
    void lookingAtWeightsObeysCancel() {
        Tensor t = Tensor.of(DType.INT8, List.of(1L << 20), Weights.Heap.of(new byte[1 << 20]));
        JobContext cancelled = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> WeightHistogram.of(t, cancelled)).isInstanceOf(JobCancelledException.class);
    }
}
