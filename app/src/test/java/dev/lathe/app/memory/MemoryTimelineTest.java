package dev.lathe.app.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.project.TinyModel;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.memory.ArenaUse;
import dev.lathe.profile.memory.PlannedMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTimelineTest {
    @TempDir
    private Path folder;

    private Analysis analysis;

    @BeforeEach
    void aModel() throws Exception {
        Model model = TinyModel.model(folder);
        analysis = Analysis.of(model, new DimBindings(Map.of("batch", 1L)), JobContext.quiet());
    }

    private MemoryState of(Optional<ProfileRun> run) {
        return MemoryTimeline.of(analysis, run, JobContext.quiet());
    }

    /// Each kernel holds `above` the weights and what the prediction says.
    private ProfileRun run(long weights, double times) {
        MemoryState predicted = of(Optional.empty());
        List<KernelEvent> events = new ArrayList<>();
        long asked = weights;
        Map<NodeId, OpStats> layers = new HashMap<>();
        int at = 0;
        for (var n : analysis.model().graph().nodes()) {
            long held = (long) (predicted.live().get(at + 1) * times);
            events.add(new KernelEvent(
                    "k" + at,
                    n.op(),
                    "CPU",
                    Duration.ofMillis(at),
                    Duration.ofMillis(1),
                    0,
                    "",
                    "",
                    0,
                    at == 0 ? held : 0,
                    weights + held + 256,
                    weights + held + 256,
                    weights + held,
                    weights + held - asked));
            asked = weights + held;
            layers.put(
                    n.id(),
                    new OpStats(
                            Duration.ofMillis(1),
                            Duration.ofMillis(1),
                            Duration.ofMillis(1),
                            0.1,
                            "CPU",
                            List.of("k" + at),
                            false,
                            3));
            at++;
        }
        ProfileRun r = TinyModel.run(analysis.model(), dev.lathe.app.fixture.EncoderFixture.plan(), 3);
        return new ProfileRun(
                Instant.EPOCH,
                r.plan(),
                r.latency(),
                1,
                layers,
                r.layerSum(),
                Duration.ZERO,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                new MemoryStats(1, 90 << 20, OptionalLong.empty(), OptionalLong.empty()).withArena(ArenaUse.of(events)),
                events,
                List.of(),
                LayerRuns.NONE,
                List.of());
    }

    @Test
    void tensorsThatAreAliveTogetherNeverOverlapAndTheirSumIsTheLiveCurve() {
        MemoryState s = of(Optional.empty());
        assertThat(s.blocks()).isNotEmpty();
        for (MemoryBlock a : s.blocks()) {
            for (MemoryBlock b : s.blocks()) {
                boolean together = a.from() <= b.to() && b.from() <= a.to();
                boolean apart = a.offset() + a.bytes() <= b.offset() || b.offset() + b.bytes() <= a.offset();
                assertThat(a == b || !together || apart).as(a + " and " + b).isTrue();
            }
        }
        for (int at = -1; at < s.nodes(); at++) {
            int position = at;
            long sum = s.blocks().stream()
                    .filter(b -> b.aliveAt(position))
                    .mapToLong(MemoryBlock::bytes)
                    .sum();
            assertThat(s.live().get(at + 1)).isEqualTo(sum);
        }
        assertThat(s.peakMakers().stream().mapToLong(MemoryBlock::bytes).sum()).isLessThanOrEqualTo(s.predictedPeak());
        assertThat(s.arena()).isEmpty();
        assertThat(s.error()).isEmpty();
    }

    @Test
    void theMeasuredArenaIsToldAboveWhatItHeldBeforeTheRunAndThePredictionIsHeldAgainstIt() {
        MemoryState s = of(Optional.of(run(70 << 20, 1.25)));
        ArenaCurve arena = s.arena().orElseThrow();
        long live = s.live().subList(1, s.live().size()).stream()
                .mapToLong(l -> l)
                .max()
                .orElseThrow();
        assertThat(arena.peak()).isEqualTo((long) (live * 1.25));
        assertThat(arena.all()).isEqualTo((70L << 20) + (long) (live * 1.25) + 256);
        assertThat(arena.points()).hasSize(s.nodes());
        assertThat(s.error().orElseThrow()).isCloseTo((double) s.predictedPeak() / arena.peak() - 1, within(1e-9));
        assertThat(s.resident()).hasValue(90 << 20);
    }

    @Test
    void thePredictionOfTheGraphThatRunsIsHeldAgainstTheArenaBesideThatOfTheSource() {
        ProfileRun run = run(70 << 20, 1.25);
        long peak = run.memory().arena().orElseThrow().peak();
        ProfileRun told = run.withRuntime(new RuntimeGraph(
                analysis,
                Map.of(),
                Map.of(),
                Optional.of(new PlannedMemory(List.of(peak / 2), peak / 2, Optional.empty(), 0))));
        MemoryState s = of(Optional.of(told));
        assertThat(s.runtimePeak()).hasValue(peak / 2);
        assertThat(s.runtimeError().orElseThrow()).isCloseTo(-0.5, within(1e-6));
        assertThat(s.error().orElseThrow()).isCloseTo(1 / 1.25 - 1, within(0.01));
    }

    @Test
    void thePointerFindsTheTensorBelowIt() {
        MemoryState s = of(Optional.empty());
        MemoryPlot plot = MemoryPlot.of(s, false, 60, 10, 800, 150);
        MemoryBlock largest = s.peakMakers().getFirst();
        double x = (plot.x(largest.from()) + plot.x(largest.to() + 1.0)) / 2;
        double y = plot.y(largest.offset() + largest.bytes() / 2.0);
        assertThat(plot.at(x, y, s)).contains(largest);
        assertThat(plot.at(61, 11, s)).isEmpty();
    }
}
