package dev.lathe.graph.op.quant;

import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Range of x, then quantization to uint8: 5 per element.
public final class DynamicQuantizeLinear implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("DynamicQuantizeLinear", 11)
            .in("x", "float32")
            .out("y", "uint8")
            .out("y_scale", "float32")
            .out("y_zero_point", "uint8")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        c.output(1, Shape.of());
        c.output(2, Shape.of());
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 5);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
