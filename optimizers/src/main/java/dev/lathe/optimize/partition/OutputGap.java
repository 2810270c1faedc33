package dev.lathe.optimize.partition;

import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;

/// The largest absolute difference between two sets of outputs; infinite when one lacks an output, or its shape
/// or type differ, or one value is not a number and the other is.
final class OutputGap {
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private OutputGap() {}

    static double maxAbs(Map<String, HostTensor> a, Map<String, HostTensor> b) {
        if (!a.keySet().equals(b.keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (Map.Entry<String, HostTensor> e : a.entrySet()) {
            HostTensor other = b.get(e.getKey());
            worst = Math.max(worst, other == null ? Double.POSITIVE_INFINITY : maxAbs(e.getValue(), other));
        }
        return worst;
    }

    private static double maxAbs(HostTensor a, HostTensor b) {
        if (a.dtype() != b.dtype() || !a.dims().equals(b.dims()) || !a.strings().equals(b.strings())) {
            return Double.POSITIVE_INFINITY;
        }
        MemorySegment x = a.bytes();
        MemorySegment y = b.bytes();
        double worst = 0;
        for (long i = 0, n = a.strings().isEmpty() ? a.elements() : 0; i < n; i++) {
            double gap = switch (a.dtype()) {
                case FLOAT32 -> gap(x.getAtIndex(F32, i), y.getAtIndex(F32, i));
                case FLOAT64 -> gap(x.getAtIndex(F64, i), y.getAtIndex(F64, i));
                case FLOAT16 ->
                    gap(Float.float16ToFloat(x.getAtIndex(I16, i)), Float.float16ToFloat(y.getAtIndex(I16, i)));
                case INT64, UINT64 -> gap(x.getAtIndex(I64, i), y.getAtIndex(I64, i));
                case INT32, UINT32 -> gap(x.getAtIndex(I32, i), y.getAtIndex(I32, i));
                case INT8, UINT8, BOOL -> gap(x.get(ValueLayout.JAVA_BYTE, i), y.get(ValueLayout.JAVA_BYTE, i));
                // Types that hardly ever are outputs: equal bytes or not.
                default -> x.mismatch(y) < 0 ? 0 : Double.POSITIVE_INFINITY;
            };
            worst = Math.max(worst, gap);
        }
        return worst;
    }

    private static double gap(double a, double b) {
        if (Double.compare(a, b) == 0) {
            return 0;
        }
        double gap = Math.abs(a - b);
        return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
    }
}
