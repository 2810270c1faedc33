package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
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

/// What packed blocks of block floating point hold, in the shape that an input states: 2 per element, a shift and a
/// scale.
public final class DequantizeBFP implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DequantizeBFP", 1)
            .in("x", "uint8")
            .in("shape", "int64")
            .in("strides", "int64")
            .out("y", "T3")
            .required("bfp_type", AttrSpec.Kind.INT)
            .attr("block_dim", -1L)
            .attr("dtype", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, DType.ofOnnxCode((int) c.attrs().intOr("dtype", 1)), Rules.shapeFrom(c.input(1)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
