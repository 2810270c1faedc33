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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Self-attention with its projections: input [batch, sequence, features] · weights [features, 3·hidden],
/// then softmax attention.
public final class MsAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Attention", 1)
            .in("input", "T")
            .in("weights", "T")
            .optIn("bias", "T")
            .optIn("mask_index", "int32")
            .optIn("past", "T")
            .optIn("attention_bias", "T")
            .optIn("past_sequence_length", "int32")
            .out("output", "T")
            .optOut("present", "T")
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("unidirectional", 0L)
            .attr("qkv_hidden_sizes", AttrSpec.Kind.INTS)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .attr("mask_filter_value", AttrSpec.Kind.FLOAT)
            .attr("do_rotary", 0L)
            .attr("past_present_share_buffer", AttrSpec.Kind.INT)
            .attr("rotary_embedding_dim", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        HeadSizes.packed(c, 4, 3);
        HeadSizes.packedBias(c);
        outputs(c, 4);
    }

    /// What comes of the input and of the state before, which is this input: as long as the buffer where past and
    /// present share one, else longer by the new positions.
    static void outputs(InferContext c, int past) {
        List<Dim> x = c.dims(0).filter(d -> d.size() == 3).orElse(List.of(Dim.unknown(), Dim.unknown(), Dim.unknown()));
        List<Long> sizes = c.attrs().ints("qkv_hidden_sizes").orElse(List.of());
        Dim hidden = sizes.size() == 3
                ? Dim.of(sizes.get(2))
                : c.dims(1)
                        .filter(d -> d.size() == 2)
                        .map(d -> DimMath.floorDiv(d.get(1), 3))
                        .orElse(Dim.unknown());
        c.output(0, List.of(x.get(0), x.get(1), hidden));
        boolean shared = c.attrs().intOr("past_present_share_buffer", 0) != 0;
        long heads = c.attrs().intOr("num_heads", 1);
        if (c.dims(past).filter(p -> p.size() == 5).isPresent()) {
            List<Dim> present = new ArrayList<>(c.dims(past).orElseThrow());
            present.set(3, shared ? present.get(3) : DimMath.add(present.get(3), x.get(1)));
            c.output(1, present);
        } else if (!c.has(past)) {
            c.output(1, List.of(Dim.of(2), x.get(0), Dim.of(heads), x.get(1), DimMath.floorDiv(hidden, heads)));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        long heads = c.attrs().intOr("num_heads", 1);
        Dim valueSize = DimMath.floorDiv(c.outputDim(0, 2), heads);
        List<Long> sizes = c.attrs().ints("qkv_hidden_sizes").orElse(List.of());
        Dim size = sizes.size() == 3 ? DimMath.floorDiv(Dim.of(sizes.getFirst()), heads) : valueSize;
        Dim keys = DimMath.add(c.dim(0, 1), c.has(4) ? c.dim(4, 3) : Dim.of(0));
        Dim projection = DimMath.mul(DimMath.mul(c.dim(0, 0), c.dim(0, 1)), c.inputCount(1));
        return OpCost.ofMacs(projection, DimMath.mul(DimMath.mul(c.dim(0, 0), c.dim(0, 1)), c.dim(1, 1)))
                .plus(CostRules.attention(c.dim(0, 0), c.dim(0, 1), keys, Dim.of(heads), size, valueSize));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
