package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever an engine reports, the layers' times are possible ones: not negative, together no more than the run, and
/// with what lies outside them just the run.
class CorrectedTimesTest {
    private static final int SEEDS = 200;

    /// What people and exporters call nodes.
    private static final List<String> NAMES = List.of(
            "plain",
            "with space",
            "  edges  ",
            "/encoder/layer.0/MatMul",
            "a,b;c",
            "semi\\\"colon\\\"",
            "层一",
            "naïve🙂",
            "Relu_7",
            "x_kernel_time",
            "100%",
            "<b>&amp;",
            "it's",
            "tab\\tnewline\\n",
            "-dash",
            "a".repeat(300));

    private static Model model(String graph) {
        try {
            return GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph);
        } catch (LatheException e) {
            throw new AssertionError(graph, e);
        }
    }

    /// x → t0 → t1 → … without the tensors after the nodes in `fused`.
    private static Model chain(List<String> names, List<Integer> fused) {
        StringBuilder text =
                new StringBuilder("graph g (x: float32[4]) -> (t" + (names.size() - 1) + ": float32[4]) {\n");
        String from = "x";
        for (int i = 0; i < names.size(); i++) {
            if (!fused.contains(i)) {
                text.append("t" + i + " = Relu(" + from + ") as \"" + names.get(i) + "\"\n");
                from = "t" + i;
            }
        }
        return model(text.append("}\n").toString());
    }

    private static LayerTimes times(Model source, Model optimized) {
        return new LayerTimes(
                source.graph(), KernelMap.of(Analysis.of(source, DimBindings.NONE, JobContext.quiet()), optimized));
    }

    private static KernelEvent kernel(String node, long startNanos, long nanos) {
        return new KernelEvent(
                node, "Relu", "CPU", Duration.ofNanos(startNanos), Duration.ofNanos(nanos), 1, "", "", -1, -1, -1, -1);
    }

    /// A run of the model with times of 0 to 100 µs (mostly short), some kernels that nobody knows, and gaps.
    private static TracedRun run(Model model, Random random) {
        List<KernelEvent> kernels = new ArrayList<>();
        long at = 0;
        for (var node : model.graph().nodes()) {
            at += random.nextInt(3_000);
            long nanos = random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(4_000);
            String name = random.nextInt(20) == 0 ? "stranger " + random.nextInt(3) : node.name();
            kernels.add(kernel(name, at, nanos));
            at += nanos;
        }
        // Every fifth engine does not tell; a clock of whole µs may end before its last kernel.
        return new TracedRun(
                kernels, Duration.ofNanos(random.nextInt(5) == 0 ? 0 : at * (90 + random.nextInt(30)) / 100));
    }

    private static List<String> names(Random random) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        return names.subList(0, 1 + random.nextInt(names.size()));
    }

    private static List<Integer> fused(int length, Random random) {
        List<Integer> fused = new ArrayList<>();
        for (int i = 0; i < length - 1; i++) {
            if (random.nextInt(3) == 0) {
                fused.add(i);
            }
        }
        return fused;
    }

    private static Duration latency(Random random) {
        return random.nextInt(10) == 0 ? Duration.ZERO : Duration.ofNanos(1 + random.nextInt(400_000));
    }

    private static void isPossible(LayerSums sums, String what) {
        assertThat(sums.inLayers().plus(sums.outside())).as(what).isEqualTo(sums.total());
        assertThat(sums.outside().isNegative()).as(what).isFalse();
        assertThat(sums.perKernel().isNegative()).as(what).isFalse();
        assertThat(sums.scale()).as(what).isBetween(0.0, 1.0);
        sums.coverage().ifPresent(c -> assertThat(c).as(what).isBetween(0.0, 1.0));
        long layers = 0;
        double shares = 0;
        for (OpStats s : sums.layers().values()) {
            assertThat(s.typical().isNegative()).as(what).isFalse();
            assertThat(s.p50().isNegative()).as(what).isFalse();
            assertThat(s.p90()).as(what).isGreaterThanOrEqualTo(s.p50());
            assertThat(s.share()).as(what).isBetween(0.0, 1 + 1e-9);
            layers += s.typical().toNanos();
            shares += s.share();
        }
        // Each is rounded to a whole ns, and up to one where there is anything.
        double roundings = sums.layers().size() + 1;
        assertThat((double) layers).as(what).isCloseTo(sums.inLayers().toNanos(), within(roundings));
        if (!sums.total().isZero()) {
            assertThat(shares * sums.total().toNanos())
                    .as(what)
                    .isCloseTo(sums.inLayers().toNanos(), within(roundings));
        }
    }

    @Test
    void whateverTheEngineReportsTheLayersAndTheRestAreTheRun() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<String> names = names(random);
            Model source = chain(names, List.of());
            Model optimized = chain(names, fused(names.size(), random));
            LayerTimes times = times(source, optimized);
            int runs = random.nextInt(9);
            for (int i = 0; i < runs; i++) {
                times.add(run(optimized, random));
            }
            Duration median = latency(random);
            Duration quartile = median.isZero() ? median : Duration.ofNanos(1 + random.nextLong(median.toNanos()));
            LayerSums sums = times.against(median, quartile);
            isPossible(sums, "seed " + seed);
            if (!median.isZero()) {
                assertThat(sums.total()).as("seed %d", seed).isEqualTo(median);
            }
        }
    }

    @Test
    void theOrderInWhichKernelsEndedAndRunsCameDoesNotMatter() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<String> names = names(random);
            Model source = chain(names, List.of());
            Model optimized = chain(names, fused(names.size(), random));
            List<TracedRun> runs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                runs.add(run(optimized, random));
            }
            Duration latency = Duration.ofNanos(1 + random.nextInt(400_000));
            LayerTimes inOrder = times(source, optimized);
            runs.forEach(inOrder::add);
            LayerTimes mixed = times(source, optimized);
            Collections.shuffle(runs, random);
            for (TracedRun run : runs) {
                List<KernelEvent> kernels = new ArrayList<>(run.kernels());
                Collections.shuffle(kernels, random);
                mixed.add(new TracedRun(kernels, run.wall()));
            }
            Map<NodeId, OpStats> expected = inOrder.against(latency, latency).layers();
            Map<NodeId, OpStats> found = mixed.against(latency, latency).layers();
            assertThat(found.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
            for (NodeId id : expected.keySet()) {
                assertThat((double) found.get(id).typical().toNanos())
                        .as("seed %d", seed)
                        .isCloseTo(expected.get(id).typical().toNanos(), within(2.0));
                assertThat((double) found.get(id).p90().toNanos())
                        .as("seed %d", seed)
                        .isCloseTo(expected.get(id).p90().toNanos(), within(2.0));
                assertThat(found.get(id).kernels())
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(expected.get(id).kernels());
            }
        }
    }

    @Test
    void everyNameFindsItsLayerWhateverItsCharacters() {
        Model model = chain(NAMES, List.of());
        LayerTimes times = times(model, model);
        List<KernelEvent> kernels = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            kernels.add(kernel(model.graph().nodes().get(i).name(), 1000L * i, i));
        }
        times.add(new TracedRun(kernels, Duration.ofNanos(100_000)));
        LayerSums sums = times.against(Duration.ofNanos(100_000), Duration.ofNanos(100_000));
        assertThat(times.unmappedKernels()).isEmpty();
        for (int i = 0; i < NAMES.size(); i++) {
            var node = model.graph().nodes().get(i);
            assertThat(sums.layers().get(node.id()).typical()).as(node.name()).isEqualTo(Duration.ofNanos(i));
        }
    }

    @Test
    void aModelOfOneKernelTakesNoLongerThanItsRun() {
        Model model = chain(List.of("only"), List.of());
        LayerTimes times = times(model, model);
        times.add(new TracedRun(List.of(kernel("only", 500, 9_000)), Duration.ofNanos(10_000)));
        LayerSums sums = times.against(Duration.ofNanos(7_500), Duration.ofNanos(7_500));
        isPossible(sums, "one kernel");
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(7_500));
        assertThat(sums.perKernel()).isEqualTo(Duration.ofNanos(1_500));
        assertThat(sums.scale()).isCloseTo(1, within(1e-6));
    }

    @Test
    void aRunWithoutKernelsIsOutsideTheLayersWholly() {
        Model model = chain(List.of("folded away"), List.of());
        LayerTimes times = times(model, model);
        times.add(new TracedRun(List.of(), Duration.ofNanos(3_000)));
        LayerSums sums = times.against(Duration.ofNanos(2_000), Duration.ofNanos(1_500));
        isPossible(sums, "no kernels");
        assertThat(sums.outside()).isEqualTo(Duration.ofNanos(2_000));
        assertThat(sums.coverage()).hasValue(0);
        assertThat(sums.layers().values()).extracting(OpStats::typical).containsExactly(Duration.ZERO);
    }

    @Test
    void aFusedKernelIsShortenedOnceWhateverTheNumberOfItsLayers() {
        // Four layers of which the engine makes one kernel, and a fifth: each kernel took 1 µs more under the profiler.
        List<String> names = List.of("a", "b", "c", "d", "alone");
        Model source = chain(names, List.of());
        Model optimized = chain(names, List.of(0, 1, 2));
        LayerTimes times = times(source, optimized);
        times.add(new TracedRun(
                List.of(kernel("d", 0, 9_000), kernel("alone", 10_000, 5_000)), Duration.ofNanos(16_000)));
        LayerSums sums = times.against(Duration.ofNanos(12_000), Duration.ofNanos(12_000));
        isPossible(sums, "fused");
        List<Long> means = source.graph().nodes().stream()
                .map(n -> sums.layers().get(n.id()).typical().toNanos())
                .toList();
        assertThat(sums.perKernel()).isEqualTo(Duration.ofNanos(1_000));
        assertThat(means).containsExactly(2_000L, 2_000L, 2_000L, 2_000L, 4_000L);
    }

    /// Kernels of so many ns one after the other, `gap` ns apart, as the profiler told them.
    private static LayerSums of(List<Long> nanos, long gap, long latency) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < nanos.size(); i++) {
            names.add("k" + i);
        }
        Model model = chain(names, List.of());
        LayerTimes times = times(model, model);
        for (int run = 0; run < 5; run++) {
            List<KernelEvent> kernels = new ArrayList<>();
            long at = gap;
            for (int i = 0; i < nanos.size(); i++) {
                kernels.add(kernel(names.get(i), at, nanos.get(i)));
                at += nanos.get(i) + gap;
            }
            times.add(new TracedRun(kernels, Duration.ofNanos(at)));
        }
        return times.against(Duration.ofNanos(latency), Duration.ofNanos(latency));
    }

    private static List<OpStats> stats(LayerSums sums) {
        return sums.layers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void aRealKernelIsNeverShownAsNothingHoweverShortIsTheRun() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(60); i++) {
                nanos.add(1_000L + (random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(4_000)));
            }
            long kernels = nanos.stream().mapToLong(n -> n).sum();
            LayerSums sums = of(nanos, 1 + random.nextInt(20_000), 1 + kernels / (1 + random.nextInt(20)));
            isPossible(sums, "seed " + seed);
            assertThat(sums.layers().values()).as("seed %d", seed).allSatisfy(s -> {
                assertThat(s.typical()).isPositive();
                assertThat(s.p50()).isPositive();
                assertThat(s.share()).isPositive();
            });
        }
    }

    @Test
    void noiseIsNotTakenForTheProfilersWork() {
        // 200 kernels of 30 µs on a machine that others keep busy, and one of 1 µs: 2 ms of excess, gaps of 8 µs. What
        // was added to each kernel cannot have been more than the shortest took.
        List<Long> nanos = new ArrayList<>(Collections.nCopies(200, 30_000L));
        nanos.add(1_000L);
        LayerSums sums = of(nanos, 8_000, 4_000_000);
        assertThat(sums.perKernel()).isEqualTo(Duration.ofNanos(1_000));
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(4_000_000));
        assertThat(stats(sums).getFirst().typical().toNanos()).isBetween(19_800L, 20_100L);
    }

    @Test
    void tinyKernelsBesideALongOneAreWithinHalfAsMuchAgainOfWhatTheyTakeAlone() {
        // What a profiled run of a small CNN told (its first kernel and its first Gemm were cold), and what its kernels
        // take without a profiler by differences of cut models.
        List<Long> told = List.of(17_000L, 5_000L, 5_000L, 6_000L, 35_000L, 5_000L, 3_000L, 3_000L, 14_000L, 4_000L);
        LayerSums sums = of(told, 3_000, 49_000);
        List<Double> micros =
                stats(sums).stream().map(s -> s.typical().toNanos() / 1000.0).toList();
        assertThat(micros.get(4)).as("Conv, 31.2").isBetween(31.2 / 1.5, 31.2 * 1.5);
        assertThat(micros.get(8)).as("first Gemm, 5.5").isBetween(5.5 / 1.5, 5.5 * 1.5);
        assertThat(micros.get(9)).as("second Gemm, 0.5").isBetween(0.5 / 1.5, 0.5 * 1.5);
        assertThat(stats(sums))
                .extracting(OpStats::estimate)
                .containsExactly(true, true, true, true, true, true, true, true, true, true);
    }

    @Test
    void aTimeThatTheCorrectionHardlyChangedIsNoEstimate() {
        LayerSums sums = of(List.of(100_000L, 3_000L, 3_000L), 3_000, 101_000);
        assertThat(stats(sums)).extracting(OpStats::estimate).containsExactly(false, true, true);
        assertThat(stats(of(List.of(10_000L, 3_000L), 1_000, 20_000)))
                .extracting(OpStats::estimate)
                .containsOnly(false);
    }

    @Test
    void aLayerWithoutAKernelTakesNothingAndThatIsNoEstimate() {
        Model source = chain(List.of("gone", "there"), List.of());
        LayerTimes times = times(source, source);
        times.add(new TracedRun(List.of(kernel("there", 1_000, 9_000)), Duration.ofNanos(20_000)));
        List<OpStats> stats = stats(times.against(Duration.ofNanos(5_000), Duration.ofNanos(5_000)));
        assertThat(stats.getFirst().typical()).isZero();
        assertThat(stats).extracting(OpStats::estimate).containsExactly(false, true);
    }
}
