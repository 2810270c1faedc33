package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
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

/// Block floating point: bytes of the packed blocks, and the shape and strides of what they hold. 3 per element: the
/// largest exponent, a shift and a rounding.
public final class QuantizeBFP implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QuantizeBFP", 1)
            .in("x", "T1")
            .out("y", "uint8")
            .out("shape", "int64")
            .out("strides", "int64")
            .required("bfp_type", AttrSpec.Kind.INT)
            .attr("block_dim", -1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, List.of(c.named(0, 0)));
        Dim rank = c.dims(0).map(d -> Dim.of(d.size())).orElse(Dim.unknown());
        c.output(1, List.of(rank));
        c.dims(0).ifPresent(d -> c.elements(1, d));
        c.output(2, List.of(rank));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
