package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Distances between all rows of A [M, N] and of B [K, N]: a difference and a multiply-accumulate for each of the N
/// numbers of a pair, and a square root of 4 for `euclidean`.
public final class CDist implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "CDist", 1)
            .in("A", "T")
            .rank(2)
            .in("B", "T")
            .rank(2)
            .out("C", "T")
            .attr("metric", "sqeuclidean")
            .oneOf("sqeuclidean", "euclidean")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> a = Extents.of(c, 0, 2);
        List<Dim> b = Extents.of(c, 1, 2);
        Dim unused = c.unify(a.get(1), b.get(1));
        c.output(0, List.of(a.getFirst(), b.getFirst()));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim macs = DimMath.mul(c.outputCount(0), c.dim(0, 1));
        boolean root = c.attrs().stringOr("metric", "sqeuclidean").equals("euclidean");
        Dim roots = DimMath.mul(c.outputCount(0), root ? CostRules.TRANSCENDENTAL : 0);
        return OpCost.ofMacs(macs, DimMath.add(macs, roots));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
