package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gemm of quantized tensors; the result is quantized when an output scale is given, else floating point. 3
/// per output element.
public final class QGemm implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QGemm", 1)
            .in("A", "TA")
            .in("a_scale", "T")
            .in("a_zero_point", "TA")
            .in("B", "TB")
            .in("b_scale", "T")
            .in("b_zero_point", "TB")
            .optIn("C", "int32")
            .optIn("y_scale", "T")
            .optIn("y_zero_point", "TYZ")
            .out("Y", "")
            .attr("alpha", 1.0f)
            .attr("transA", 0L)
            .attr("transB", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atLoading(c).rank(0, 2).rank(3, 2);
        boolean transA = c.attrs().intOr("transA", 0) != 0;
        boolean transB = c.attrs().intOr("transB", 0) != 0;
        Optional<List<Dim>> a = c.dims(0).filter(d -> d.size() == 2);
        Optional<List<Dim>> b = c.dims(3).filter(d -> d.size() == 2);
        a.ifPresent(x -> b.ifPresent(y -> c.unify(x.get(transA ? 0 : 1), y.get(transB ? 1 : 0))));
        c.output(
                0,
                c.has(7) ? c.dtype(8).or(() -> c.dtype(0)) : Optional.of(DType.FLOAT32),
                Shape.of(List.of(
                        a.map(x -> x.get(transA ? 1 : 0)).orElse(Dim.unknown()),
                        b.map(y -> y.get(transB ? 0 : 1)).orElse(Dim.unknown()))));
        Dim columns = Sizes.of(c, 3, transB ? 0 : 1);
        Sizes sizes = Sizes.atRun(c)
                .single(1)
                .single(2)
                .same(5, 4)
                .oneOf(4, List.of(List.of(), List.of(Dim.of(1)), List.of(columns)));
        if (sizes.fit()) {
            Broadcast.checkFills(c, "bias", c.shape(6), Shape.of(List.of(Sizes.of(c, 0, transA ? 1 : 0), columns)));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim k = c.dim(0, c.attrs().intOr("transA", 0) != 0 ? 0 : 1);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), k), DimMath.mul(c.outputCount(0), 3));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
