package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.GpuMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuMemoryWordsTest {
    private static final Optional<GpuMemory> OWN =
            Optional.of(new GpuMemory.Held(400 << 20, 600 << 20, true, List.of("gpu 1 B")));
    private static final Optional<GpuMemory> NONE = Optional.of(new GpuMemory.NotReadable("there is no NVIDIA driver"));

    @Test
    void itIsToldWithItsCardAndWhoseItIs() {
        assertThat(GpuMemoryWords.line(OWN)).isEqualTo("gpu memory  600.00 MiB at the peak (gpu 1 B)\n");
        assertThat(GpuMemoryWords.line(Optional.of(new GpuMemory.Held(1 << 20, 1 << 20, false, List.of("gpu 0 A")))))
                .isEqualTo(
                        "gpu memory  1.00 MiB at the peak (gpu 0 A; by how much all programs held more than before)\n");
        assertThat(GpuMemoryWords.line(NONE)).isEqualTo("gpu memory  not readable here: there is no NVIDIA driver\n");
        assertThat(GpuMemoryWords.line(Optional.empty())).isEmpty();
    }

    @Test
    void jsonHasBytes() {
        assertThat(GpuMemoryWords.json(OWN))
                .containsEntry("peakBytes", 600L << 20)
                .containsEntry("ofThisRunAlone", true);
        assertThat(GpuMemoryWords.json(NONE)).isEqualTo(Map.of("notReadable", "there is no NVIDIA driver"));
        assertThat(GpuMemoryWords.json(Optional.empty())).isNull();
    }
}
