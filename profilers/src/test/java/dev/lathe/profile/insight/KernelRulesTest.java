package dev.lathe.profile.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.LatheException;
import dev.lathe.graph.target.DeviceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rules over the kernels of a run: each with a run in which it speaks, and one in which it does not.
class KernelRulesTest {
    private static final String CPU = "CPUExecutionProvider";

    private static final String PLAIN = """
            graph g (x: float32[1, 64]) -> (y: float32[1, 64]) {
              a = Relu(x) as first
              y = Sigmoid(a) as second
            }
            """;

    private static List<Finding> found(InsightRule rule, FabricatedRun run) {
        return rule.check(run.facts()) instanceof Verdict.Found(List<Finding> f) ? f : List.of();
    }

    private static FabricatedRun plain() throws LatheException {
        return new FabricatedRun(PLAIN).layer("first", 100).layer("second", 100);
    }

    @Test
    void changesOfLayoutThatTheRuntimeInsertsAreToldWithTheirTimeAndPlace() throws LatheException {
        FabricatedRun run = plain().kernel("r1", "ReorderInput", CPU, 30, "second")
                .kernel("r2", "ReorderOutput", CPU, 20, "second");
        List<Finding> found = found(new LayoutConversions(), run);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().title()).startsWith("2 conversions");
        assertThat(found.getFirst().explanation()).contains("50.0 µs").contains("second");
        assertThat(found.getFirst().places()).containsExactly(run.id("second"));
        assertThat(found.getFirst().gain().orElseThrow().part()).isCloseTo(0.2, within(1e-6));
        assertThat(found.getFirst().severity()).isEqualTo(Finding.Severity.HIGH);
        assertThat(new LayoutConversions().check(plain().facts())).isInstanceOf(Verdict.Clean.class);
    }

    @Test
    void whereTheRuntimeTransposesForADeviceTheCommandMeasuresThere() throws LatheException {
        FabricatedRun run =
                plain().on(DeviceKind.GPU).kernel("t1", "Transpose", "WebGpuExecutionProvider", 50, "second");
        Finding f = found(new LayoutConversions(), run).getFirst();
        assertThat(f.explanation()).contains("channels last");
        assertThat(f.remedy().commandLine()).contains("lathe run MODEL --device gpu:0 --level extended");
    }

    @Test
    void transposesInARowAreSimplified() throws LatheException {
        FabricatedRun run =
                new FabricatedRun("""
                graph g (x: float32[2, 3]) -> (y: float32[2, 3]) {
                  a = Transpose(x) as there
                  b = Transpose(a) as back
                  y = Relu(b) as bend
                }
                """).layer("there", 10).layer("back", 20).layer("bend", 70);
        Finding f = found(new LayoutConversions(), run).getFirst();
        assertThat(f.places()).containsExactly(run.id("back"), run.id("there"));
        assertThat(f.remedy().act()).contains(new Remedy.Act.Pass("simplify", Map.of()));
        assertThat(f.gain().orElseThrow().text()).isEqualTo("≤ 30.0 µs a run (30 %; estimate, at most)");
    }

    @Test
    void transposesOfAttentionAreNotBlamedOnTheLayoutOfTheFile() throws LatheException {
        FabricatedRun run =
                new FabricatedRun("""
                graph g (x: float32[4, 4]) -> (y: float32[4, 4]) {
                  k = Abs(x) as keys
                  t = Transpose(k) as turned
                  y = MatMul(x, t) as scores
                }
                """).layer("keys", 10).layer("turned", 20).layer("scores", 70);
        assertThat(found(new LayoutConversions(), run).getFirst().remedy().text())
                .contains("attention");
    }

    @Test
    void castsOfTheModelAndThoseThatTheRuntimeInsertsAreToldApart() throws LatheException {
        FabricatedRun own =
                new FabricatedRun("""
                graph g (x: float32[8]) -> (y: float32[8]) {
                  a = Cast(x) {to = 10} as down
                  b = Cast(a) {to = 1} as up
                  y = Relu(b) as bend
                }
                """).layer("down", 10).layer("up", 10).layer("bend", 80);
        Finding f = found(new Casts(), own).getFirst();
        assertThat(f.title()).isEqualTo("2 Casts change element types");
        assertThat(f.explanation()).contains("20.0 µs").contains("1 of them takes what another Cast made");
        Finding inserted = found(new Casts(), plain().kernel("InsertedPrecisionFreeCast_a", "Cast", CPU, 40, "first"))
                .getFirst();
        assertThat(inserted.title()).isEqualTo("1 Cast that the runtime inserts");
        assertThat(inserted.explanation()).contains("40.0 µs").contains("first");
        assertThat(found(new Casts(), plain())).isEmpty();
    }

    @Test
    void aCastThatChangesNothingIsSimplifiedAway() throws LatheException {
        FabricatedRun run = new FabricatedRun("""
                graph g (x: float32[8]) -> (y: float32[8]) {
                  a = Cast(x) {to = 1} as idle
                  y = Relu(a) as bend
                }
                """).layer("idle", 10).layer("bend", 90);
        Finding f = found(new Casts(), run).getFirst();
        assertThat(f.explanation()).contains("1 of them changes nothing");
        assertThat(f.remedy().commandLine()).contains("lathe optimize MODEL --pass simplify -o OUT");
    }

    private static final String QDQ = """
            graph g (x: float32[8]) -> (y: float32[8]) {
              const s = float32[] {0.5}
              const z = int8[] {0}
              q = QuantizeLinear(x, s, z) as enter
              a = DequantizeLinear(q, s, z) as open
              b = Softmax(a) as soft
              c = QuantizeLinear(b, s, z) as close
              y = DequantizeLinear(c, s, z) as leave
            }
            """;

    @Test
    void aPairThatDidNotFuseIsToldButNotWhatEntersAndLeavesTheModel() throws LatheException {
        FabricatedRun run = new FabricatedRun(QDQ)
                .layer("enter", 10)
                .layer("open", 20)
                .layer("soft", 50)
                .layer("close", 10)
                .layer("leave", 10);
        Finding f = found(new UnfusedQuantization(), run).getFirst();
        assertThat(f.places()).containsExactly(run.id("open"), run.id("close"));
        assertThat(f.explanation()).contains("30.0 µs").contains("1 Softmax");
        FabricatedRun fused = new FabricatedRun(QDQ)
                .layer("enter", 10)
                .kernel("soft_q", "QLinearSoftmax", CPU, 50, "open", "soft", "close")
                .layer("leave", 10);
        assertThat(found(new UnfusedQuantization(), fused)).isEmpty();
    }

    @Test
    void layersThatFellBackToTheProcessorAreToldWhenAnotherDeviceWasAskedFor() throws LatheException {
        FabricatedRun gpu = new FabricatedRun(PLAIN)
                .on(DeviceKind.GPU)
                .kernel("first", "Relu", "WebGpuExecutionProvider", 10, "first")
                .kernel("second", "Sigmoid", CPU, 30, "second");
        Finding f = found(new OtherDevice(), gpu).getFirst();
        assertThat(f.title()).isEqualTo("1 layer ran on the processor, not on Some device");
        assertThat(f.explanation()).contains("1 Sigmoid").contains("30.0 µs");
        assertThat(f.gain().orElseThrow().perRun().toNanos()).isEqualTo(30_000);
        gpu.kernel("copy", "MemcpyToHost", "WebGpuExecutionProvider", 20, "second");
        assertThat(found(new OtherDevice(), gpu)
                        .getFirst()
                        .gain()
                        .orElseThrow()
                        .perRun()
                        .toNanos())
                .as("with the copies that it makes necessary")
                .isEqualTo(50_000);
        assertThat(f.places()).containsExactly(gpu.id("second"));
        assertThat(found(new OtherDevice(), plain())).isEmpty();
    }

    @Test
    void copiesBetweenDevicesAreToldWithTheirBytes() throws LatheException {
        FabricatedRun run = plain().on(DeviceKind.GPU)
                .kernel("Memcpy", "MemcpyToHost", "WebGpuExecutionProvider", 50, "second")
                .kernel("Memcpy_1", "MemcpyFromHost", "WebGpuExecutionProvider", 50, "second");
        Finding f = found(new CopiesBetweenDevices(), run).getFirst();
        assertThat(f.title()).isEqualTo("2 copies between devices in each run");
        assertThat(f.explanation())
                .contains("8.00 KiB cross")
                .contains("gpu:0 to cpu, cpu to gpu:0")
                .contains("100 µs")
                .contains("second");
        assertThat(found(new CopiesBetweenDevices(), plain())).isEmpty();
    }

    @Test
    void whatStagesHandOverIsACopyBetweenDevices() throws LatheException {
        FabricatedRun run =
                plain().handing("h", "cpu:0", "webgpu:0", 2048, 30).handing("x", "cpu:0", "webgpu:0", 512, 5);
        Finding f = found(new CopiesBetweenDevices(), run).getFirst();
        assertThat(f.title()).isEqualTo("2 copies between devices in each run");
        assertThat(f.explanation())
                .contains("2.50 KiB cross (cpu:0 to webgpu:0): 35.0 µs")
                .contains("The largest is h, 2.00 KiB");
        assertThat(f.gain().orElseThrow().perRun().toNanos()).isEqualTo(35_000);
        assertThat(f.remedy().text()).contains("Split");
    }

    @Test
    void aRunThatIsMostlyOutsideItsKernelsIsGivenALargerBatchWhereItsBatchIsFree() throws LatheException {
        String free = PLAIN.replace("[1, 64]", "[batch, 64]");
        FabricatedRun run = new FabricatedRun(free, Map.of("batch", 1L))
                .layer("first", 30)
                .layer("second", 30)
                .outside(40);
        Finding f = found(new OutsideKernels(), run).getFirst();
        assertThat(f.title()).isEqualTo("40 % of a run is outside its kernels");
        assertThat(f.explanation()).contains("2 kernels").contains("20.0 µs for each");
        assertThat(f.remedy().act()).contains(new Remedy.Act.Command("lathe run MODEL --sweep batch=1..16*2"));
        assertThat(found(new OutsideKernels(), plain().outside(10))).isEmpty();
        assertThat(new OutsideKernels().check(plain().coverage(1).outside(100).facts()))
                .as("the profiled runs do not bear it out: the machine took the time")
                .isInstanceOf(Verdict.NotChecked.class);
    }

    @Test
    void manyKernelsOfAMicrosecondAreTold() throws LatheException {
        StringBuilder graph = new StringBuilder("graph g (x: float32[4]) -> (v30: float32[4]) {\n");
        for (int i = 0; i < 30; i++) {
            graph.append("  v")
                    .append(i + 1)
                    .append(" = Relu(")
                    .append(i == 0 ? "x" : "v" + i)
                    .append(") as n")
                    .append(i)
                    .append('\n');
        }
        FabricatedRun tiny = new FabricatedRun(graph + "}\n");
        FabricatedRun large = new FabricatedRun(graph + "}\n");
        for (int i = 0; i < 30; i++) {
            tiny.layer("n" + i, 2);
            large.layer("n" + i, 50);
        }
        Finding f = found(new TinyLayers(), tiny).getFirst();
        assertThat(f.title()).isEqualTo("30 kernels take less than 5.00 µs each");
        assertThat(f.places()).hasSize(30);
        assertThat(found(new TinyLayers(), large)).isEmpty();
    }

    @Test
    void withoutAProfileTheySayThatTheEngineToldNothing() throws LatheException {
        for (InsightRule rule : List.of(
                new LayoutConversions(), new Casts(), new UnfusedQuantization(), new OtherDevice(), new TinyLayers())) {
            assertThat(rule.check(new FabricatedRun(PLAIN).facts()))
                    .isInstanceOfSatisfying(
                            Verdict.NotChecked.class, n -> assertThat(n.why()).contains("onnxruntime"));
        }
    }

    @Test
    void whatTheProfilerAddedToAKernelIsNoGain() throws LatheException {
        // The clock told 400 µs of kernels in a run of 200.
        FabricatedRun run = plain();
        RunFacts facts = run.facts();
        assertThat(Kernels.time(facts.kernels())).isEqualTo(facts.run().layerSum());
        assertThat(facts.kernels().getFirst().layers()).containsExactly(run.id("first"));
        assertThat(Optional.of(facts.kernels().getFirst().perRun().toNanos())).contains(100_000L);
    }
}
