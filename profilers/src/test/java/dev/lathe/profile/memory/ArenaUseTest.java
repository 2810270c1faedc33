package dev.lathe.profile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ArenaUseTest {
    private static KernelEvent kernel(int at, long inUse, long mark) {
        return new KernelEvent(
                "k" + at,
                "Conv",
                "CPU",
                Duration.ofMillis(at),
                Duration.ofMillis(1),
                0,
                "",
                "",
                0,
                0,
                inUse,
                mark,
                inUse,
                at == 0 ? inUse : 0);
    }

    private static OptionalLong workspace(KernelEvent... kernels) {
        return ArenaUse.of(List.of(kernels)).orElseThrow().workspace();
    }

    @Test
    void aWorkspaceIsWhatRaisedTheMarkAndIsNotHeldAtTheEnd() {
        assertThat(workspace(kernel(0, 100, 100), kernel(1, 200, 350), kernel(2, 300, 350)))
                .hasValue(150);
        assertThat(workspace(kernel(0, 100, 100), kernel(1, 200, 200), kernel(2, 150, 200)))
                .hasValue(0);
    }

    @Test
    void belowWhatLoadingTookNothingIsKnown() {
        assertThat(workspace(kernel(0, 100, 900), kernel(1, 200, 900))).isEmpty();
        assertThat(workspace(kernel(0, 100, 900), kernel(1, 600, 1000))).hasValue(400);
    }
}
