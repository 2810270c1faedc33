package dev.lathe.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.VariantId;
import dev.lathe.core.Jobs;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.compare.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsViewModelTest {
    private static final String SLOWED = "/encoder/layer.3/intermediate/dense/MatMul";

    private final EncoderFixture encoder = new EncoderFixture();
    private final Store store = new Store(Runnable::run);
    private final Jobs jobs = new Jobs();
    private final BlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
    private final List<NodeId> picked = new ArrayList<>();
    private final RunsViewModel model = new RunsViewModel(jobs, window::add, (v, n) -> picked.add(n));

    @AfterEach
    void close() {
        jobs.close();
    }

    /// The fixture's run with times of each profiled run, one layer of which takes `factor` times as long.
    private ProfileRun run(double factor, int minute) {
        ProfileRun r = encoder.run(1);
        Map<NodeId, long[]> each = new HashMap<>();
        var layers = new HashMap<>(r.layers());
        NodeId slowed = encoder.node(SLOWED).id();
        for (Node n : encoder.graph().nodes()) {
            double f = n.id().equals(slowed) ? factor : 1;
            long typical = Math.round(layers.get(n.id()).typical().toNanos() * f);
            long[] times = new long[24];
            for (int i = 0; i < times.length; i++) {
                // Each layer as steady as the other, in both runs.
                times[i] = Math.round(typical * (0.99 + 0.02 * ((i * 7 + n.id().index() + minute) % 12) / 12.0));
            }
            each.put(n.id(), times);
            var s = layers.get(n.id());
            layers.put(
                    n.id(),
                    new dev.lathe.profile.OpStats(
                            Duration.ofNanos(typical),
                            Duration.ofNanos(typical),
                            s.p90(),
                            s.share(),
                            s.provider(),
                            s.kernels(),
                            s.shared(),
                            s.samples()));
        }
        return new ProfileRun(
                r.when().plusSeconds(60L * minute),
                r.plan(),
                r.latency(),
                r.throughputPerSecond(),
                layers,
                r.layerSum(),
                r.outsideLayers(),
                r.profilerOverheadPercent(),
                r.kernelCoverage(),
                r.memory(),
                r.trace(),
                r.runTimes(),
                new LayerRuns(each),
                r.diagnostics());
    }

    private void arrived(ProfileRun run) {
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), VariantId.SOURCE, encoder.analysis().model(), run));
    }

    private RunsState compared() throws InterruptedException {
        while (model.state().get().comparison().isEmpty()) {
            Runnable task = window.poll(20, TimeUnit.SECONDS);
            assertThat(task).as("the comparison ends").isNotNull();
            task.run();
        }
        return model.state().get();
    }

    private void open() {
        VariantsFixture.tell(store, encoder);
        store.listen(model::show);
        model.wanted(true);
    }

    @Test
    void everyRunIsKeptAndTheNewestIsComparedWithTheOneBeforeIt() throws Exception {
        open();
        arrived(run(1, 1));
        arrived(run(1.3, 2));
        RunsState s = compared();
        assertThat(s.choices()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(s.before().orElseThrow().run().when())
                .isBefore(s.after().orElseThrow().run().when());
        RunRow worst = s.rows().getFirst();
        assertThat(worst.layers()).contains("layer.3.intermediate.dense.MatMul");
        assertThat(worst.sure()).isTrue();
        assertThat(worst.verdict()).isEqualTo("slower");
        assertThat(worst.group().change().orElseThrow().percent()).isBetween(29.0, 31.0);
        assertThat(s.rows().stream().filter(RunRow::sure))
                .as("no other changed")
                .hasSize(1);
        model.pick(worst);
        assertThat(picked).containsExactly(encoder.node(SLOWED).id());
    }

    @Test
    void swappedSidesTurnLossIntoGain() throws Exception {
        open();
        arrived(run(1, 1));
        arrived(run(1.3, 2));
        RunsState s = compared();
        model.swap();
        assertThat(model.state().get().comparison()).isEmpty();
        RunsState back = compared();
        assertThat(back.before().orElseThrow().is(s.after().orElseThrow())).isTrue();
        assertThat(back.rows().getLast().verdict()).isEqualTo("faster");
    }

    @Test
    void runsOfDifferentVariantsCanBeChosenAndUndoForgetsNone() throws Exception {
        open();
        arrived(run(1, 1));
        RunsState s = model.state().get();
        RunChoice int8 = s.choices().stream()
                .filter(c -> c.variant().equals(VariantsFixture.INT8))
                .findFirst()
                .orElseThrow();
        model.chooseAfter(int8);
        assertThat(compared().after().orElseThrow().is(int8)).isTrue();
        int before = store.state().source().orElseThrow().runs().size();
        store.dispatch(new Action.RenameVariant(VariantsFixture.INT8, "eight"));
        store.undo();
        assertThat(store.state().source().orElseThrow().runs()).hasSize(before);
    }

    @Test
    void onlyTheLastRunsAreKeptAndWithoutTheirTraces() {
        open();
        for (int i = 1; i <= 30; i++) {
            arrived(run(1, i));
        }
        List<ProfileRun> kept = store.state().source().orElseThrow().runs();
        assertThat(kept).hasSize(12).allMatch(r -> r.trace().isEmpty());
        assertThat(kept.getLast().when()).isEqualTo(run(1, 30).when());
    }

    @Test
    void aRecordTellsTheSameAsTheFileOfTheCommandLine() {
        RunRecord r = RunRecord.of("encoder", encoder.graph(), run(1, 1));
        assertThat(r.conditions()).containsEntry("threads", "2").containsEntry("engine", "onnxruntime");
        assertThat(r.layers()).hasSize(encoder.graph().nodes().size());
        assertThat(r.layers().getFirst().times()).hasSize(24);
        assertThat(r.runTimes()).hasSize(30);
    }
}
