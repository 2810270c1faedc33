package dev.lathe.graph.op.math;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Determinants of square matrices: LU decomposition, n³/3 multiply-accumulates each.
public final class Det implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Det", 11, 22)
            .in("X", "T")
            .ranks(2, Integer.MAX_VALUE)
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).filter(d -> d.size() >= 2).ifPresent(d -> {
            Dim unused = c.unify(d.get(d.size() - 2), d.getLast());
        });
        c.dims(0).filter(d -> d.size() >= 2).ifPresent(d -> c.output(0, d.subList(0, d.size() - 2)));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim n = c.dim(0, -1);
        return OpCost.ofMacs(
                DimMath.mul(c.outputCount(0), DimMath.ceilDiv(DimMath.mul(n, DimMath.mul(n, n)), 3)), Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
