package dev.lathe.graph.op.custom;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Uniform fake quantization (QONNX): scale, shift, round, clamp and back; 7 per element.
public final class Quant implements OpSpec {
    private static final Schema SCHEMA = Schema.of("onnx.brevitas", "Quant", 1)
            .in("X", "T")
            .in("scale", "T")
            .in("zeropt", "T")
            .in("bitwidth", "T")
            .out("Y", "T")
            .attr("signed", 1L)
            .attr("narrow", 0L)
            .attr("rounding_mode", "ROUND")
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
        return CostRules.elementwise(c, 7);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
