package dev.lathe.optimize.partition;

import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// The largest absolute difference between two sets of outputs; infinite when one lacks an output, or its shape
/// or type differ, or one value is not a number and the other is.
final class OutputGap {
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
            // Types that hardly ever are outputs: equal bytes or not.
            double gap = Elements.distance(a.dtype(), x, y, i)
                    .orElseGet(() -> x.mismatch(y) < 0 ? 0 : Double.POSITIVE_INFINITY);
            worst = Math.max(worst, Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap);
        }
        return worst;
    }
}
