package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Self-attention on 8-bit integers in a stated memory order with its three projections, input [batch, sequence,
/// features] by weights [features, hidden]; 2 per element of each projection, a bias and a scale.
public final class QOrderedAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QOrderedAttention", 1)
            .in("input", "int8")
            .rank(3)
            .in("scale_input", "float32")
            .in("scale_Q_gemm", "float32")
            .in("scale_K_gemm", "float32")
            .in("scale_V_gemm", "float32")
            .in("Q_weight", "int8")
            .in("K_weight", "int8")
            .in("V_weight", "int8")
            .in("scale_Q_weight", "float32")
            .in("scale_K_weight", "float32")
            .in("scale_V_weight", "float32")
            .in("Q_bias", "float32")
            .in("K_bias", "float32")
            .in("V_bias", "float32")
            .optIn("scale_QKT_gemm", "float32")
            .optIn("scale_QKT_softmax", "float32")
            .in("scale_values_gemm", "float32")
            .optIn("mask_index", "int32")
            .optIn("past", "int8")
            .optIn("attention_bias", "float32")
            .out("output", "int8")
            .required("num_heads", AttrSpec.Kind.INT)
            .required("order_input", AttrSpec.Kind.INT)
            .required("order_output", AttrSpec.Kind.INT)
            .required("order_weight", AttrSpec.Kind.INT)
            .attr("qkv_hidden_sizes", AttrSpec.Kind.INTS)
            .attr("unidirectional", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> x = Extents.of(c, 0, 3);
        List<Long> sizes = c.attrs().ints("qkv_hidden_sizes").orElse(List.of());
        Dim hidden = sizes.size() == 3 ? Dim.of(sizes.get(2)) : CostContext.dim(c.type(7), 1);
        c.output(0, List.of(x.get(0), x.get(1), hidden));
    }

    @Override
    public OpCost cost(CostContext c) {
        long heads = c.attrs().intOr("num_heads", 1);
        Dim rows = DimMath.mul(c.dim(0, 0), c.dim(0, 1));
        Dim weights = DimMath.sum(List.of(c.inputCount(5), c.inputCount(6), c.inputCount(7)));
        Dim widths = DimMath.sum(List.of(c.dim(5, 1), c.dim(6, 1), c.dim(7, 1)));
        Dim size = DimMath.floorDiv(c.dim(5, 1), heads);
        Dim values = DimMath.floorDiv(c.dim(7, 1), heads);
        return OpCost.ofMacs(DimMath.mul(rows, weights), DimMath.mul(DimMath.mul(rows, widths), 2))
                .plus(CostRules.attention(c.dim(0, 0), c.dim(0, 1), c.dim(0, 1), Dim.of(heads), size, values));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
