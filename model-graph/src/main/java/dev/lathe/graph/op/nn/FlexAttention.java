package dev.lathe.graph.op.nn;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Attention whose scores and probabilities graphs of the model's own may change: Q, K and V are [batch, heads,
/// sequence, size], the graphs see [batch, heads, queries, keys].
public final class FlexAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.preview", "FlexAttention", 1)
            .in("Q", "T1")
            .in("K", "T1")
            .in("V", "T1")
            .out("Y", "T1")
            .attr("prob_mod", AttrSpec.Kind.GRAPH)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .attr("score_mod", AttrSpec.Kind.GRAPH)
            .attr("softmax_precision", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<List<Dim>> q = c.dims(0).filter(d -> d.size() == 4);
        Optional<List<Dim>> k = c.dims(1).filter(d -> d.size() == 4);
        Optional<List<Dim>> v = c.dims(2).filter(d -> d.size() == 4);
        Dim batch = common(c, q, k, v, 0);
        Dim keys = common(c, k, v, v, 2);
        Dim heads = q.map(d -> d.get(1)).orElse(Dim.unknown());
        Dim queries = q.map(d -> d.get(2)).orElse(Dim.unknown());
        c.output(0, List.of(batch, heads, queries, v.map(List::getLast).orElse(Dim.unknown())));
        Known scores = Known.of(new ValueType.TensorType(precision(c), Shape.of(List.of(batch, heads, queries, keys))));
        c.attrs().graph("score_mod").ifPresent(g -> c.body(g, List.of(scores)));
        c.attrs().graph("prob_mod").ifPresent(g -> c.body(g, List.of(scores)));
    }

    private static Dim common(
            InferContext c, Optional<List<Dim>> x, Optional<List<Dim>> y, Optional<List<Dim>> z, int axis) {
        Dim all = Dim.unknown();
        for (Optional<List<Dim>> dims : List.of(x, y, z)) {
            all = dims.isPresent() ? c.unify(all, dims.get().get(axis)) : all;
        }
        return all;
    }

    /// What the graphs compute in: single precision at least, unless told.
    private static Optional<DType> precision(InferContext c) {
        return Rules.dtypeAttr(c, "softmax_precision")
                .or(() -> c.dtype(0).map(t -> t == DType.FLOAT64 ? t : DType.FLOAT32));
    }

    /// The attention's own, and what the graphs do to every score.
    @Override
    public OpCost cost(CostContext c) {
        OpCost own =
                CostRules.attention(c.dim(0, 0), c.dim(0, 2), c.dim(1, 2), c.dim(0, 1), c.dim(0, 3), c.outputDim(0, 3));
        for (String graph : List.of("score_mod", "prob_mod")) {
            own = c.attrs().graph(graph).map(c::body).map(own::plus).orElse(own);
        }
        return own;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW);
    }
}
