package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What layers are told of bytes, shapes and single runs, beside their times.
class LayerMemoryTest {
    private static KernelEvent kernel(String node, long start, long micros, long read, long written, long asked) {
        return new KernelEvent(
                node,
                "Op",
                "CPU",
                Duration.ofNanos(1000 * start),
                Duration.ofNanos(1000 * micros),
                1,
                "float 8",
                "float 4",
                read,
                written,
                asked,
                asked,
                asked,
                start == 0 ? asked - 100 : 0);
    }

    private static final Duration MEDIAN = Duration.ofNanos(30_000);

    private static Model model() throws Exception {
        return KernelMaps.model("""
                graph g (x: float32[8]) -> (z: float32[4]) {
                  y = Relu(x) as a
                  z = Sigmoid(y) as b
                }
                """);
    }

    @Test
    void bytesAreOfOneRunAndTheArenaIsThatOfTheFirst() throws Exception {
        Model m = model();
        LayerTimes times = new LayerTimes(m.graph(), KernelMap.unchanged(m));
        times.held(List.of(kernel("a", 0, 10, 32, 16, 500), kernel("b", 10, 20, 16, 8, 300)));
        for (int i = 0; i < 3; i++) {
            times.add(KernelMaps.untimed(List.of(kernel("a", 0, 10, 32, 16, 9000), kernel("b", 10, 20, 16, 8, 9000))));
        }
        LayerSums sums = times.against(MEDIAN, MEDIAN);
        NodeId a = m.graph().nodes().getFirst().id();
        NodeId b = m.graph().nodes().getLast().id();
        // 100 bytes were in use before the first run.
        assertThat(sums.layers().get(a).memory()).isEqualTo(new LayerMemory(32, 16, 400));
        assertThat(sums.layers().get(b).memory()).isEqualTo(new LayerMemory(16, 8, 200));
        assertThat(sums.layers().get(a).shapes()).isEqualTo("float 8 → float 4");
    }

    @Test
    void anEngineThatDoesNotTellLeavesThemUnknown() throws Exception {
        Model m = model();
        LayerTimes times = new LayerTimes(m.graph(), KernelMap.unchanged(m));
        times.add(KernelMaps.untimed(List.of(KernelMaps.kernel("a", "Relu", 0, 10))));
        OpStats s = times.against(MEDIAN, MEDIAN)
                .layers()
                .get(m.graph().nodes().getFirst().id());
        assertThat(s.memory()).isEqualTo(LayerMemory.UNKNOWN);
        assertThat(s.memory().read()).isEmpty();
        assertThat(s.shapes()).isEmpty();
    }

    /// Resampling needs them all, in their order; so does a p90.
    @Test
    void everyProfiledRunIsThereInItsOrderTheSlowOnesToo() throws Exception {
        Model m = model();
        LayerTimes times = new LayerTimes(m.graph(), KernelMap.unchanged(m));
        List<Long> micros = List.of(30L, 10L, 20L, 10L, 40L, 10L, 10L, 10L, 10L, 10L);
        micros.forEach(t -> times.add(KernelMaps.untimed(List.of(kernel("a", 0, t, 32, 16, 500)))));
        LayerSums sums = times.against(Duration.ofNanos(10_000), Duration.ofNanos(10_000));
        NodeId a = m.graph().nodes().getFirst().id();
        assertThat(sums.runs().of(a)).extracting(d -> d.toNanos() / 1000).containsExactlyElementsOf(micros);
        assertThat(sums.layers().get(a).p90()).isEqualTo(Duration.ofNanos(30_000));
        assertThat(sums.layers().get(a).typical()).isEqualTo(Duration.ofNanos(10_000));
    }
}
