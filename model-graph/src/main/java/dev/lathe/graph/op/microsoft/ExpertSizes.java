package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Sizes;
import java.util.List;

/// What ONNX Runtime wants of the sizes of experts: rows of the input, a probability for each of them and each expert,
/// and matrices of each expert, `[inner, hidden]` and `[hidden, inner]` or both turned, as older files have them.
final class ExpertSizes {
    private ExpertSizes() {}

    static void check(InferContext c) {
        boolean quantized = c.node().op().equals("QMoE");
        int second = quantized ? 5 : 4;
        Sizes sizes = Sizes.atRun(c).ranks(0, 2, 3).rank(1, 2).rank(2, 3).rank(second, 3);
        if (!sizes.fit() || c.dims(0).isEmpty()) {
            return;
        }
        List<Dim> x = c.dims(0).get();
        Dim rows = x.size() == 2 ? x.getFirst() : DimMath.mul(x.get(0), x.get(1));
        Dim experts = Sizes.of(c, 1, 1);
        sizes.shape(1, rows, experts).extent(2, 0, experts).extent(second, 0, experts);
        if (experts instanceof Dim.Fixed(long n)) {
            long k = c.attrs().intOr("k", 1);
            sizes.require(k <= n, () -> k + " experts of " + n + " are asked for");
        }
        Dim hidden = x.getLast();
        if (quantized
                || !(hidden instanceof Dim.Fixed(long wide))
                || !(Sizes.of(c, second, 1) instanceof Dim.Fixed(long a))
                || !(Sizes.of(c, second, 2) instanceof Dim.Fixed(long b))) {
            return;
        }
        boolean gated = c.attrs().stringOr("activation_type", "relu").equals("swiglu")
                && c.attrs().intOr("swiglu_fusion", 0) != 0;
        sizes.require(a == wide || b == wide, () -> "no axis of its second weights is as wide as its input, " + wide);
        if (!sizes.fit()) {
            return;
        }
        long inner = a * b / wide;
        Dim first = Dim.of(gated ? 2 * inner : inner);
        boolean turned = wide != inner && a == inner
                || wide == inner && gated && Sizes.of(c, 2, 1).equals(hidden);
        if (turned) {
            sizes.shape(2, experts, hidden, first).shape(4, experts, Dim.of(inner), hidden);
        } else {
            sizes.shape(2, experts, first, hidden).shape(4, experts, hidden, Dim.of(inner));
        }
        sizes.shape(3, experts, first).shape(5, experts, hidden);
    }
}
