package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// People who run a model on a device read what did not run there.
class FallbackRemarksTest {
    private static final Accelerator CARD = new Accelerator(ExecutionProvider.WEBGPU, 0);
    private static final String THERE = ExecutionProvider.WEBGPU.runtimeName();
    private static final String CPU = ExecutionProvider.CPU_RUNTIME_NAME;

    private static OpStats layer(String provider, double share) {
        Duration t = Duration.ofMillis(1);
        return new OpStats(t, t, t, share, provider, List.of("k"), false, 5);
    }

    private static KernelEvent kernel(String provider, long thread) {
        return new KernelEvent(
                "k", "Conv", provider, Duration.ZERO, Duration.ofMillis(1), thread, "", "", -1, -1, -1, -1);
    }

    private static List<String> remarks(List<OpStats> layers, KernelEvent kernel) {
        return FallbackRemarks.of(CARD, layers, List.of(kernel)).stream()
                .map(Diagnostic::line)
                .toList();
    }

    @Test
    void layersThatFellBackAreCounted() {
        List<String> remarks = remarks(
                List.of(layer(THERE, 0.7), layer(CPU, 0.2), layer(CPU, 0.05)), kernel(THERE, KernelEvent.DEVICE));
        assertThat(remarks).hasSize(1);
        assertThat(remarks.getFirst()).contains("2 of 3 layers ran on the CPU instead of webgpu:0", "25.0 %");
    }

    @Test
    void nothingIsSaidWhereAllRanThere() {
        assertThat(remarks(List.of(layer(THERE, 1)), kernel(THERE, KernelEvent.DEVICE)))
                .isEmpty();
    }

    @Test
    void aModelThatRanElsewhereAltogetherIsAWarning() {
        List<Diagnostic> remarks = FallbackRemarks.of(CARD, List.of(layer(CPU, 1)), List.of(kernel(CPU, 7)));
        assertThat(remarks).hasSize(1);
        assertThat(remarks.getFirst().severity()).isEqualTo(dev.lathe.core.Severity.WARNING);
    }

    @Test
    void timesThatAreOnlyThoseOfHandingOverAreCalledThat() {
        assertThat(remarks(List.of(layer(THERE, 1)), kernel(THERE, 7)).getFirst())
                .contains("handed over");
    }
}
