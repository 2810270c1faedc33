package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// ONNX Runtime (com.microsoft): one line per operator.
public final class MicrosoftOps implements OpFamily {
    @Override
    public String title() {
        return "ONNX Runtime (com.microsoft)";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new BiasAdd(),
                new BiasGelu(),
                new BiasSplitGelu(),
                new DynamicQuantizeLSTM(),
                new DynamicQuantizeMatMul(),
                new EPContext(),
                new EmbedLayerNormalization(),
                new FastGelu(),
                new FusedConv(),
                new FusedGemm(),
                new FusedMatMul(),
                new GatherBlockQuantized(),
                new Gelu(),
                new GroupNorm(),
                new GroupQueryAttention(),
                new Inverse(),
                new MatMulIntegerToFloat(),
                new MatMulNBits(),
                new MsAttention(),
                new MsDequantizeLinear(),
                new MsQLinearConv(),
                new MsQuantizeLinear(),
                new MsRotaryEmbedding(),
                new MultiHeadAttention(),
                new NchwcAveragePool(),
                new NchwcConv(),
                new NchwcGlobalAveragePool(),
                new NchwcGlobalMaxPool(),
                new NchwcMaxPool(),
                new NhwcMaxPool(),
                new QAttention(),
                new QGemm(),
                new QLinearAdd(),
                new QLinearAveragePool(),
                new QLinearConcat(),
                new QLinearGlobalAveragePool(),
                new QLinearLeakyRelu(),
                new QLinearMul(),
                new QLinearSigmoid(),
                new QLinearSoftmax(),
                new QuickGelu(),
                new ReorderInput(),
                new ReorderOutput(),
                new SimplifiedLayerNormalization(),
                new SkipLayerNormalization(),
                new SkipSimplifiedLayerNormalization(),
                new TransposeMatMul());
    }
}
