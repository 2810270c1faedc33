package dev.lathe.graph.op.nn;

import dev.lathe.graph.Attr;
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

/// Scaled dot-product attention of Q, K and V, 3-D [batch, sequence, heads·size] or 4-D [batch, heads,
/// sequence, size].
public final class Attention implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Attention", 23, 24, 25)
            .in("Q", "T1")
            .ranks(3, 4)
            .in("K", "T1")
            .ranks(3, 4)
            .in("V", "T2")
            .ranks(3, 4)
            .optIn("attn_mask", "U")
            .optIn("past_key", "T1")
            .optIn("past_value", "T2")
            .optIn("nonpad_kv_seqlen", "int64")
            .out("Y", "T1")
            .optOut("present_key", "T1")
            .optOut("present_value", "T2")
            .optOut("qk_matmul_output", "T1")
            .attr("is_causal", 0L)
            .attr("kv_num_heads", AttrSpec.Kind.INT)
            .attr("left_window_size", -1L)
            .attr("q_num_heads", AttrSpec.Kind.INT)
            .attr("qk_matmul_output_mode", 0L)
            .oneOf("-1", "0", "1", "2", "3")
            .attr("right_window_size", -1L)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .attr("softcap", 0.0f)
            .attr("softmax_precision", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        AttentionSizes.check(c);
        if (c.dims(0).isEmpty() || c.dims(2).isEmpty()) {
            return;
        }
        if (c.attrs().find("scale").orElse(Attr.of(1f)) instanceof Attr.FloatAttr(float scale) && scale <= 0) {
            c.fault("its scale must be greater than 0, and is " + scale);
        }
        List<Dim> q = c.dims(0).get();
        List<Dim> v = c.dims(2).get();
        // ONNX Runtime looks at them only when both are there.
        if (c.has(4) && c.has(5)) {
            for (int i = 4; i <= 5; i++) {
                c.dims(i)
                        .filter(d -> d.size() != 4)
                        .ifPresent(d -> c.misfit("past keys and values must have rank 4, and one has " + d.size()));
            }
        }
        if ((q.size() == 3 || v.size() == 3)
                && !(c.attrs().has("q_num_heads") && c.attrs().has("kv_num_heads"))) {
            c.misfit("for inputs of rank 3 'q_num_heads' and 'kv_num_heads' must be given");
            return;
        }
        long queryHeads = c.attrs().intOr("q_num_heads", 1);
        long keyHeads = c.attrs().intOr("kv_num_heads", queryHeads);
        List<Dim> out = new ArrayList<>(q);
        out.set(
                q.size() - 1,
                q.size() == 4 ? v.getLast() : DimMath.mul(DimMath.floorDiv(v.getLast(), keyHeads), queryHeads));
        c.output(0, out);
        if (c.dims(1).isEmpty()) {
            return;
        }
        List<Dim> k = c.dims(1).get();
        boolean apart = q.size() == 4;
        Dim past = c.has(4)
                ? c.dims(4).filter(p -> p.size() == 4).map(p -> p.get(2)).orElse(Dim.unknown())
                : Dim.of(0);
        Dim keys = DimMath.add(k.get(k.size() - 2), past);
        Dim heads = apart ? k.get(1) : Dim.of(keyHeads);
        c.output(1, List.of(q.get(0), heads, keys, apart ? k.get(3) : DimMath.floorDiv(k.getLast(), keyHeads)));
        c.output(2, List.of(q.get(0), heads, keys, apart ? v.get(3) : DimMath.floorDiv(v.getLast(), keyHeads)));
        c.output(3, List.of(q.get(0), apart ? q.get(1) : Dim.of(queryHeads), q.get(q.size() - 2), keys));
    }

    @Override
    public OpCost cost(CostContext c) {
        boolean heads = c.input(0).shape().rank().orElse(3) == 4;
        long n = c.attrs().intOr("q_num_heads", 1);
        Dim queryHeads = heads ? c.dim(0, 1) : Dim.of(n);
        Dim size = heads ? c.dim(0, 3) : DimMath.floorDiv(c.dim(0, 2), n);
        Dim valueSize = heads ? c.outputDim(0, 3) : DimMath.floorDiv(c.outputDim(0, 2), n);
        Dim keys = DimMath.add(c.dim(1, -2), c.has(4) ? c.dim(4, 2) : Dim.of(0));
        return CostRules.attention(c.dim(0, 0), c.dim(0, -2), keys, queryHeads, size, valueSize);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
