package dev.lathe.graph.op.quant;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Quantization: one line per operator.
public final class QuantOps implements OpFamily {
    @Override
    public String title() {
        return "Quantization";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new ConvInteger(),
                new DequantizeLinear(),
                new DynamicQuantizeLinear(),
                new MatMulInteger(),
                new QLinearConv(),
                new QLinearMatMul(),
                new QuantizeLinear());
    }
}
