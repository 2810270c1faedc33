package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// α·A·B with perhaps transposed operands.
public final class FusedMatMul implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "FusedMatMul", 1)
            .in("A", "T")
            .in("B", "T")
            .out("Y", "T")
            .attr("alpha", 1.0f)
            .attr("transA", 0L)
            .attr("transB", 0L)
            .attr("transBatchA", 0L)
            .attr("transBatchB", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        product(c);
    }

    /// Output 0 is the product.
    static void product(InferContext c) {
        c.output(
                0,
                Rules.matmul(
                        c,
                        turned(c, unbatched(c, c.shape(0), "transBatchA"), "transA"),
                        turned(c, unbatched(c, c.shape(1), "transBatchB"), "transB")));
    }

    /// Where the attribute says so the rows stand first, before the batches: [rows, batches …, columns].
    private static Shape unbatched(InferContext c, Shape shape, String attr) {
        if (c.attrs().intOr(attr, 0) == 0 || !(shape instanceof Shape.Ranked(List<Dim> all)) || all.size() < 3) {
            return shape;
        }
        List<Dim> dims = new ArrayList<>(all);
        dims.add(dims.size() - 2, dims.removeFirst());
        return Shape.of(dims);
    }

    @Override
    public OpCost cost(CostContext c) {
        return products(c);
    }

    static OpCost products(CostContext c) {
        boolean turned = c.attrs().intOr("transA", 0) != 0;
        boolean rowsFirst = c.attrs().intOr("transBatchA", 0) != 0;
        Dim k = c.dim(0, turned ? rowsFirst ? 0 : -2 : -1);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), k), Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }

    /// A matrix's shape as the product takes it: its last two axes changed where the attribute says so.
    static Shape turned(InferContext c, Shape shape, String attr) {
        if (c.attrs().intOr(attr, 0) == 0 || !(shape instanceof Shape.Ranked(List<Dim> all)) || all.size() < 2) {
            return shape;
        }
        List<Dim> dims = new ArrayList<>(all);
        Collections.swap(dims, dims.size() - 1, dims.size() - 2);
        return Shape.of(dims);
    }
}
