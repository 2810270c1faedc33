package dev.lathe.graph.op.quant;

import dev.lathe.graph.DType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Quantized;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// y = saturate(round(x / scale) + zero point): 3 per element.
public final class QuantizeLinear implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("QuantizeLinear", 10, 13, 19, 21, 23, 24, 25, 28)
            .in("x", "T1")
            .in("y_scale", "T2")
            .optIn("y_zero_point", "T3")
            .out("y", "T3")
            .attr("axis", 1L)
            .attr("block_size", 0L)
            .attr("output_dtype", 0L)
            .attr("precision", 0L)
            .attr("saturate", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(
                0,
                c.dtype(2).or(() -> Rules.dtypeAttr(c, "output_dtype")).or(() -> Optional.of(DType.UINT8)),
                c.shape(0));
        Quantized.linear(c, c.attrs().intOr("axis", 1), c.attrs().intOr("block_size", 0));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
