package dev.lathe.optimize.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.DType;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputGapTest {
    private static HostTensor one(DType dtype, long bits, int bytes) {
        MemorySegment room = MemorySegment.ofArray(new byte[8]);
        room.set(Elements.LONG, 0, bits);
        return HostTensor.of(dtype, List.of(1L), room.asSlice(0, bytes));
    }

    private static double gap(DType dtype, int bytes, long a, long b) {
        return OutputGap.maxAbs(Map.of("y", one(dtype, a, bytes)), Map.of("y", one(dtype, b, bytes)));
    }

    @Test
    void unsignedNumbersAreReadAsSuch() {
        assertThat(gap(DType.UINT8, 1, 127, 128)).isEqualTo(1);
        assertThat(gap(DType.UINT16, 2, 32767, 32768)).isEqualTo(1);
        assertThat(gap(DType.UINT32, 4, Integer.MAX_VALUE, 1L + Integer.MAX_VALUE))
                .isEqualTo(1);
        assertThat(gap(DType.UINT64, 8, Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(1);
    }

    @Test
    void largeIntegersThatDifferByOneDiffer() {
        assertThat(gap(DType.INT64, 8, 1L << 53, (1L << 53) + 1)).isEqualTo(1);
        assertThat(gap(DType.INT64, 8, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(0x1p64);
        assertThat(gap(DType.UINT64, 8, -1, -2)).isEqualTo(1);
    }

    @Test
    void aNumberThatIsNoneOnOneSideOnlyIsInfinitelyFar() {
        int nan = Float.floatToRawIntBits(Float.NaN);
        int infinity = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        assertThat(gap(DType.FLOAT32, 4, nan, nan)).isZero();
        assertThat(gap(DType.FLOAT32, 4, infinity, infinity)).isZero();
        assertThat(gap(DType.FLOAT32, 4, nan, 0)).isInfinite();
        assertThat(gap(DType.FLOAT32, 4, infinity, nan)).isInfinite();
    }
}
