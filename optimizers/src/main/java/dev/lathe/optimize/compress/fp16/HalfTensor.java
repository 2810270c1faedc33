package dev.lathe.optimize.compress.fp16;

import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import dev.lathe.optimize.rewrite.Elements;
import java.lang.foreign.MemorySegment;

/// What becomes of a float32 tensor in half precision.
///
/// @param tooLarge finite elements beyond 65504, which would become infinite
/// @param vanishing non-zero elements that would become zero
/// @param nonZero elements that are not zero
record HalfTensor(long tooLarge, long vanishing, long nonZero) {

    static HalfTensor look(Tensor tensor) {
        MemorySegment bytes = tensor.data().bytes();
        long tooLarge = 0;
        long vanishing = 0;
        long nonZero = 0;
        for (long i = 0; i < tensor.elements(); i++) {
            float v = bytes.get(Elements.FLOAT, i * 4);
            if (v != 0) {
                nonZero++;
                float half = Float.float16ToFloat(Float.floatToFloat16(v));
                tooLarge += Float.isInfinite(half) && !Float.isInfinite(v) ? 1 : 0;
                vanishing += half == 0 ? 1 : 0;
            }
        }
        return new HalfTensor(tooLarge, vanishing, nonZero);
    }

    /// Whether the tensor still says what it said: nothing overflows, and not all of it vanishes (the 10⁻¹²
    /// that guards a division).
    boolean fits() {
        return tooLarge == 0 && (nonZero == 0 || vanishing < nonZero);
    }

    static Tensor convert(Tensor tensor) {
        return Tensor.of(
                DType.FLOAT16,
                tensor.dims(),
                new Weights.Heap(Elements.halves(tensor.data().bytes())));
    }
}
