package dev.lathe.optimize.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineCutsTest {
    private static final TransferModel CALLS_SENDING_AND_TAKING = new TransferModel(
            Duration.ofNanos(50), Quantity.of(2e9, Unit.BYTES_PER_SECOND), Quantity.of(1e9, Unit.BYTES_PER_SECOND));

    private static final JobContext CANCELLED = new JobContext() {
        @Override
        public void progress(double fraction, String step) {
            // nobody listens
        }

        @Override
        public boolean cancelled() {
            return true;
        }
    };

    private static final TransferModel CALLS_FREE = new TransferModel(
            Duration.ZERO,
            Quantity.of(Double.POSITIVE_INFINITY, Unit.BYTES_PER_SECOND),
            Quantity.of(Double.POSITIVE_INFINITY, Unit.BYTES_PER_SECOND));

    private static final TransferModel ONE_BYTE_A_NANOSECOND = new TransferModel(
            Duration.ZERO,
            Quantity.of(Double.POSITIVE_INFINITY, Unit.BYTES_PER_SECOND),
            Quantity.of(1e9, Unit.BYTES_PER_SECOND));

    private static final String CHAIN = """
            a = Relu(x)
            b = Relu(a)
            c = Add(a, b)
            d = Relu(c)
            """;

    @Test
    void aTensorCrossesFromItsMakerToItsLastUser() throws Exception {
        Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
        PipelineCuts cuts = PipelineCuts.of(Models.analysis(model), Map.of());
        assertThat(cuts.legal()).containsExactly(1, 2, 3);
        assertThat(cuts.crossingBytes(1)).isEqualTo(400);
        assertThat(cuts.crossingBytes(2)).isEqualTo(800);
        assertThat(cuts.crossingBytes(3)).isEqualTo(400);
        assertThat(cuts.candidates()).containsExactly(1, 3);
        assertThat(names(model, cuts.crossing(2))).containsExactly("a", "b");
    }

    @Test
    void aUseInsideASubgraphCountsAsAUse() throws Exception {
        Model model = Models.parse("(x: float32[2], yes: bool[]) -> (z: float32[2])", """
                a = Relu(x)
                b = Relu(a)
                y = If(yes) {then_branch = graph t () -> (p) {
                  p = Add(a, b)
                }, else_branch = graph e () -> (q) {
                  q = Identity(b)
                }}
                z = Relu(y)
                """);
        PipelineCuts cuts = PipelineCuts.of(Models.analysis(model), Map.of());
        assertThat(names(model, cuts.crossing(2))).containsExactly("a", "b");
    }

    @Test
    void constantsDoNotCrossAndNoStageIsOnlyConstants() throws Exception {
        Model model = Models.parse("(x: float32[4]) -> (y: float32[4])", """
                const one = float32[] {1}
                two = Add(one, one)
                a = Relu(x)
                y = Mul(a, two)
                """);
        PipelineCuts cuts = PipelineCuts.of(Models.analysis(model), Map.of());
        assertThat(cuts.legal()).containsExactly(2);
        assertThat(cuts.crossingBytes(2)).isEqualTo(16);
    }

    @Test
    void weightsListedAsInputsAreConstantBeforeIr4AndDefaultsAfter() throws Exception {
        Model listed = Models.parse("(x: float32[4], w: float32[4]) -> (y: float32[4])", """
                const w = float32[4] {1, 2, 3, 4}
                v = Neg(w)
                a = Relu(x)
                y = Mul(a, v)
                """);
        PipelineCuts old = PipelineCuts.of(Models.analysis(listed.withIrVersion(3)), Map.of());
        assertThat(old.legal()).containsExactly(2);
        assertThat(old.crossingBytes(2)).isEqualTo(16);
        PipelineCuts modern = PipelineCuts.of(Models.analysis(listed.withIrVersion(8)), Map.of());
        assertThat(modern.legal()).containsExactly(1, 2);
        assertThat(modern.crossingBytes(2)).isEqualTo(32);
    }

    @Test
    void aPredictionAddsUpStagesAndTransfers() throws Exception {
        Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
        PipelineCuts cuts = PipelineCuts.of(
                Models.analysis(model),
                LayerTimes.measured(times(model, 1000, 2000, 3000, 4000), 1),
                ONE_BYTE_A_NANOSECOND);
        Prediction p = cuts.predict(List.of(3), cores(2));
        assertThat(p.stageTimes()).containsExactly(Duration.ofNanos(6400), Duration.ofNanos(4000));
        assertThat(p.transferBytes()).containsExactly(400L);
        assertThat(p.latency()).isEqualTo(Duration.ofNanos(10_800));
        assertThat(p.throughputPerSecond()).isEqualTo(1e9 / 6400);
        assertThat(cuts.measured()).isTrue();
    }

    @Test
    void callsAndSendingKeepTheSenderBusyAndTakingTheReceiver() throws Exception {
        Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
        PipelineCuts cuts = PipelineCuts.of(
                Models.analysis(model),
                LayerTimes.measured(times(model, 1000, 2000, 3000, 4000), 1),
                CALLS_SENDING_AND_TAKING);
        Prediction p = cuts.predict(List.of(3), cores(2));
        assertThat(p.stageTimes())
                .containsExactly(Duration.ofNanos(400 + 6000 + 50 + 200), Duration.ofNanos(4000 + 50 + 200));
        assertThat(p.transferTimes()).containsExactly(Duration.ofNanos(400));
        assertThat(p.latency()).isEqualTo(Duration.ofNanos(6650 + 400 + 4250));
    }

    @Test
    void stagesOnTheSameCoreShareItsTime() throws Exception {
        Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
        PipelineCuts cuts = PipelineCuts.of(
                Models.analysis(model),
                LayerTimes.measured(times(model, 1000, 2000, 3000, 4000), 1),
                ONE_BYTE_A_NANOSECOND);
        Device core = cores(1).getFirst();
        Prediction p = cuts.predict(List.of(3), List.of(core, core));
        assertThat(p.throughputPerSecond()).isEqualTo(1e9 / 10_800);
        assertThat(p.latency()).isEqualTo(Duration.ofNanos(10_800));
        assertThat(p.sharing()).containsExactly(List.of(1), List.of(0));
        assertThat(p.sharers()).containsExactly(0, 1);
        assertThat(cuts.best(List.of(core, core), JobContext.quiet()))
                .as("the fewest bytes, since all is done on one core")
                .isIn(List.of(1), List.of(3));
    }

    @Test
    void aStageOnSomeOfTheCoresOfAnotherTakesTurnsWithItThere() throws Exception {
        Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
        PipelineCuts cuts = PipelineCuts.of(
                Models.analysis(model),
                LayerTimes.measured(times(model, 1000, 2000, 3000, 4000), 1),
                ONE_BYTE_A_NANOSECOND);
        List<Device> two = cores(2);
        Device both = new Device("cpu", "CPU", two.get(0).kind(), List.of(0, 1), OptionalLong.empty(), List.of());
        Prediction p = cuts.predict(List.of(1, 2), List.of(two.get(0), two.get(1), both));
        double third = 7000 * 0.65 + 800;
        assertThat(p.throughputPerSecond()).isEqualTo(1e9 / (2000 + 400 + third));
        assertThat(p.sharing()).containsExactly(List.of(2), List.of(2), List.of(0, 1));
        assertThat(cuts.predict(List.of(3), two).sharers()).isEmpty();
    }

    @Test
    void noMoreIsPredictedThanTheCoresHaveTimeForInRunsOfTheWholeModel() throws Exception {
        Duration whole = Duration.ofNanos(50_000);
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
            long[] nanos = random.longs(4, 1, 10_000).toArray();
            PipelineCuts cuts = PipelineCuts.of(
                    Models.analysis(model),
                    LayerTimes.measured(times(model, nanos), 1).within(whole),
                    ONE_BYTE_A_NANOSECOND);
            List<Device> two = cores(2);
            double bound = two.size() * 1e9 / whole.toNanos();
            assertThat(cuts.predict(cuts.best(two, JobContext.quiet()), two).throughputPerSecond())
                    .isLessThanOrEqualTo(bound * 1.001);
        }
    }

    @Test
    void stagesUnderAMillisecondAreARoughGuess() throws Exception {
        Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
        assertThat(predicted(model, 999_000).rough()).isTrue();
        assertThat(predicted(model, 1_000_000).rough()).isFalse();
    }

    private static Prediction predicted(Model model, long each) throws LatheException {
        LayerTimes times = LayerTimes.measured(times(model, each, 0, 0, each), 1);
        return PipelineCuts.of(Models.analysis(model), times, CALLS_FREE).predict(List.of(2), cores(2));
    }

    @Test
    void withoutMeasurementsTheTimesAreAnEstimateThatSaysSo() throws Exception {
        Model model = Models.parse("(x: float32[1, 100]) -> (d: float32[1, 100])", CHAIN);
        PipelineCuts cuts = PipelineCuts.of(Models.analysis(model), Map.of());
        assertThat(cuts.measured()).isFalse();
        assertThat(cuts.timeBefore(4)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBestBordersAreThoseThatTryingAllFinds(boolean sendingCosts) throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            PipelineCuts cuts =
                    random(new Random(seed), sendingCosts ? CALLS_SENDING_AND_TAKING : ONE_BYTE_A_NANOSECOND);
            for (int stages = 1; stages <= Math.min(4, cuts.legal().size() + 1); stages++) {
                assertBest(cuts, cores(stages));
            }
        }
    }

    @Test
    void onDevicesOfDifferentSpeedTheBestBordersAreStillThoseThatTryingAllFinds() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            PipelineCuts cuts = random(random, CALLS_SENDING_AND_TAKING);
            List<Device> devices = new ArrayList<>();
            for (int s = 0; s < Math.min(3, cuts.legal().size() + 1); s++) {
                int first = 8 * s;
                devices.add(device(
                        "group:" + s,
                        IntStream.rangeClosed(first, first + random.nextInt(4))
                                .boxed()
                                .toList()));
            }
            assertBest(cuts, devices);
        }
    }

    private static void assertBest(PipelineCuts cuts, List<Device> devices) throws LatheException {
        List<Integer> best = cuts.best(devices, JobContext.quiet());
        List<List<Integer>> all = new ArrayList<>();
        choose(cuts.legal(), 0, devices.size() - 1, new ArrayList<>(), all);
        double top = all.stream()
                .mapToDouble(b -> cuts.predict(b, devices).throughputPerSecond())
                .max()
                .orElseThrow();
        long fewest = all.stream()
                .filter(b -> cuts.predict(b, devices).throughputPerSecond() == top)
                .mapToLong(b -> bytes(cuts.predict(b, devices)))
                .min()
                .orElseThrow();
        assertThat(cuts.predict(best, devices).throughputPerSecond()).isEqualTo(top);
        assertThat(bytes(cuts.predict(best, devices))).isEqualTo(fewest);
    }

    private static PipelineCuts random(Random random, TransferModel transfer) throws LatheException {
        int n = 3 + random.nextInt(7);
        StringBuilder body = new StringBuilder("v0 = Relu(x)\n");
        for (int i = 1; i < n; i++) {
            // Each node uses two earlier values, so tensors of different spans cross.
            body.append("v")
                    .append(i)
                    .append(" = Add(v")
                    .append(random.nextInt(i))
                    .append(", v")
                    .append(i - 1);
            body.append(")\n");
        }
        Model model = Models.parse("(x: float32[64]) -> (v" + (n - 1) + ": float32[64])", body.toString());
        long[] nanos = random.longs(n, 0, 500).map(v -> v * 10).toArray();
        return PipelineCuts.of(Models.analysis(model), LayerTimes.measured(times(model, nanos), 1), transfer);
    }

    private static PipelineCuts chain(int nodes) throws LatheException {
        StringBuilder body = new StringBuilder(nodes * 16);
        for (int i = 0; i < nodes; i++) {
            body.append("v").append(i + 1).append(" = Relu(v").append(i).append(")\n");
        }
        return PipelineCuts.of(
                Models.analysis(Models.parse("(v0: float32[64]) -> (v" + nodes + ": float32[64])", body.toString())),
                Map.of());
    }

    @Test
    void aLongModelIsSplitInNoTimeEvenWhereStagesShareCores() throws Exception {
        PipelineCuts cuts = chain(20_000);
        List<Device> four = cores(4);
        List<Device> shared = List.of(four.get(0), four.get(1), four.get(0), four.get(1));
        // Seconds where milliseconds are meant: what is quadratic takes a minute.
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(cuts.candidates()).isNotEmpty();
            assertThat(cuts.best(four, JobContext.quiet())).containsExactly(5000, 10_000, 15_000);
            assertThat(cuts.best(shared, JobContext.quiet())).hasSize(3);
        });
    }

    @Test
    void aSearchForBordersCanBeCancelled() throws Exception {
        PipelineCuts cuts = chain(100);
        assertThatThrownBy(() -> cuts.best(cores(2), CANCELLED)).isInstanceOf(JobCancelledException.class);
        Device core = cores(1).getFirst();
        assertThatThrownBy(() -> new BorderMoves(cuts, cuts.legal(), List.of(core, core), CANCELLED).from(List.of(3)))
                .isInstanceOf(JobCancelledException.class);
    }

    @Test
    void moreStagesThanPlacesIsSaidInWords() throws Exception {
        Model model = Models.parse("(x: float32[4]) -> (y: float32[4])", "y = Relu(x)");
        PipelineCuts cuts = PipelineCuts.of(Models.analysis(model), Map.of());
        assertThatThrownBy(() -> cuts.best(cores(2), JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("2 stages");
    }

    /// Each its own core, however many this machine has.
    private static List<Device> cores(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> device("cpu:" + i, List.of(i)))
                .toList();
    }

    private static Device device(String id, List<Integer> cores) {
        return new Device(id, id, DeviceKind.CPU_GROUP, cores, OptionalLong.empty(), List.of());
    }

    private static long bytes(Prediction p) {
        return p.transferBytes().stream().mapToLong(b -> b).sum();
    }

    private static void choose(List<Integer> from, int at, int count, List<Integer> chosen, List<List<Integer>> all) {
        if (count == 0) {
            all.add(List.copyOf(chosen));
            return;
        }
        for (int i = at; i < from.size(); i++) {
            chosen.add(from.get(i));
            choose(from, i + 1, count - 1, chosen, all);
            chosen.removeLast();
        }
    }

    private static List<String> names(Model model, List<ValueId> values) {
        return values.stream().map(model.graph()::nameOf).toList();
    }

    private static Map<NodeId, Duration> times(Model model, long... nanos) {
        Map<NodeId, Duration> times = new HashMap<>();
        List<Node> nodes = model.graph().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            times.put(nodes.get(i).id(), Duration.ofNanos(nanos[i]));
        }
        return times;
    }
}
