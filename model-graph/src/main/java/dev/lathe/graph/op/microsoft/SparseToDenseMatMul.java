package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Product of a sparse matrix and a dense one, perhaps transposed. How many numbers of the sparse one are there, the
/// type does not tell, and so the cost is unknown.
public final class SparseToDenseMatMul implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "SparseToDenseMatMul", 1)
            .in("A", "T")
            .in("B", "T1")
            .out("Y", "T1")
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
        Shape a = c.type(0) instanceof ValueType.SparseTensorType s ? s.shape() : c.shape(0);
        c.output(
                0,
                c.dtype(1),
                Rules.matmul(c, FusedMatMul.turned(c, a, "transA"), FusedMatMul.turned(c, c.shape(1), "transB")));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
