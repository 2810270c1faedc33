package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Matrix product of 8-bit integers in a stated memory order, scaled to 8 bits: 5 per element beside it.
public final class QOrderedMatMul implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QOrderedMatMul", 1)
            .in("A", "int8")
            .in("scale_A", "float32")
            .in("B", "int8")
            .in("scale_B", "float32")
            .in("scale_Y", "float32")
            .optIn("bias", "float32")
            .optIn("C", "int8")
            .optIn("scale_C", "float32")
            .out("Y", "int8")
            .required("order_A", AttrSpec.Kind.INT)
            .required("order_B", AttrSpec.Kind.INT)
            .required("order_Y", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 2);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0).plus(CostRules.elementwise(c, 5));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
