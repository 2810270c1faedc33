package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// α·A·B + β·C, with A and B perhaps transposed: four equations over M, N and K.
public final class Gemm implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Gemm", 1, 6, 7, 9, 11, 13)
            .in("A", "T")
            .ranks(2, 2, 7)
            .in("B", "T")
            .ranks(2, 2, 7)
            .optIn("C", "T")
            .out("Y", "T")
            .attr("alpha", 1.0f)
            .attr("beta", 1.0f)
            .attr("broadcast", 0L)
            .attr("transA", 0L)
            .attr("transB", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        boolean transA = c.attrs().intOr("transA", 0) != 0;
        boolean transB = c.attrs().intOr("transB", 0) != 0;
        Optional<List<Dim>> a = c.dims(0).filter(d -> d.size() == 2);
        Optional<List<Dim>> b = c.dims(1).filter(d -> d.size() == 2);
        a.ifPresent(x -> b.ifPresent(y -> met(c, x.get(transA ? 0 : 1), y.get(transB ? 1 : 0))));
        List<Dim> out = List.of(
                a.map(x -> x.get(transA ? 1 : 0)).orElse(Dim.unknown()),
                b.map(y -> y.get(transB ? 0 : 1)).orElse(Dim.unknown()));
        if (c.has(2)) {
            Broadcast.checkFills(c, "C", c.shape(2), Shape.of(out));
        }
        c.output(0, out);
    }

    private static void met(InferContext c, Dim left, Dim right) {
        if (left instanceof Dim.Fixed(long n) && right instanceof Dim.Fixed(long m) && n != m) {
            c.misfit("sizes " + n + " and " + m + " must be equal");
        } else {
            Dim unused = c.unify(left, right);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim k = c.dim(0, c.attrs().intOr("transA", 0) != 0 ? 0 : 1);
        Dim bias = c.has(2) ? c.outputCount(0) : Dim.of(0);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), k), bias);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
