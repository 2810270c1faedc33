package dev.lathe.optimize.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class Int8HardwareTest {
    @Test
    void x86WithoutInstructionsThatAddInto32BitsClips() {
        assertThat(Int8Hardware.clips("amd64", List.of("AVX", "FMA", "AVX2"))).isTrue();
        assertThat(Int8Hardware.clips("x86_64", List.of("FMA", "AVX2", "AVX512")))
                .isTrue();
    }

    @Test
    void vnniAmxAndArmDoNotClip() {
        assertThat(Int8Hardware.clips("amd64", List.of("FMA", "AVX2", "AVX512-VNNI")))
                .isFalse();
        assertThat(Int8Hardware.clips("amd64", List.of("FMA", "AVX2", "AVX-VNNI")))
                .isFalse();
        assertThat(Int8Hardware.clips("amd64", List.of("FMA", "AMX-INT8"))).isFalse();
        assertThat(Int8Hardware.clips("aarch64", List.of("NEON"))).isFalse();
    }

    @Test
    void aShortListProvesNothing() {
        assertThat(Int8Hardware.clips("amd64", List.of("AVX", "AVX2"))).isFalse();
    }
}
