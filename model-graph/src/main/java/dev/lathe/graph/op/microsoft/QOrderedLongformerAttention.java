package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Longformer attention on 8-bit integers in a stated memory order, [batch, sequence, hidden]. How many tokens are
/// global, only the data tells, and so the cost is unknown.
public final class QOrderedLongformerAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QOrderedLongformerAttention", 1)
            .in("input", "int8")
            .in("scale_input", "float32")
            .in("weight", "int8")
            .in("scale_weight", "float32")
            .in("bias", "float32")
            .in("scale_bias", "float32")
            .in("scale_qkv_gemm", "float32")
            .in("mask", "float16")
            .in("global_weight", "int8")
            .in("scale_global_weight", "float32")
            .in("global_bias", "float32")
            .in("scale_global_gemm", "float32")
            .in("global", "int32")
            .in("scale_output", "float32")
            .out("output", "int8")
            .required("num_heads", AttrSpec.Kind.INT)
            .required("order_global_weight", AttrSpec.Kind.INT)
            .required("order_input", AttrSpec.Kind.INT)
            .required("order_output", AttrSpec.Kind.INT)
            .required("order_weight", AttrSpec.Kind.INT)
            .required("window", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
