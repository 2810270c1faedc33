package dev.lathe.profile.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.engine.Availability;
import org.junit.jupiter.api.Test;

/// A core group is offered where a worker can be bound to it, and nowhere else.
class CoreBindingTest {
    @Test
    void whereThreadsCannotBeBoundAGroupOfCoresIsNoDevice() {
        assertThat(CpuProvider.bound("core 1", "Linux")).isEqualTo(new Availability.Ready("core 1"));
        assertThat(CpuProvider.bound("core 1", "Mac OS X"))
                .isEqualTo(new Availability.Missing(
                        "threads cannot be bound to cores on Mac OS X.", "Run on 'cpu', the whole processor."));
        assertThat(CpuProvider.bound("core 1", "Windows 11")).isInstanceOf(Availability.Missing.class);
    }
}
