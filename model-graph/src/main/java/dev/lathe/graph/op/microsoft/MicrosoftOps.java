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
                new BiasSoftmax(),
                new BiasSplitGelu(),
                new DequantizeWithOrder(),
                new DynamicQuantizeLSTM(),
                new DynamicQuantizeMatMul(),
                new EPContext(),
                new EmbedLayerNormalization(),
                new FastGelu(),
                new FusedConv(),
                new FusedGemm(),
                new FusedMatMul(),
                new FusedMatMulActivation(),
                new GatherBlockQuantized(),
                new Gelu(),
                new GemmFastGelu(),
                new GroupNorm(),
                new GroupQueryAttention(),
                new Inverse(),
                new MatMulBnb4(),
                new MatMulInteger16(),
                new MatMulIntegerToFloat(),
                new MatMulNBits(),
                new MatMulNBitsMlp(),
                new MatMulNBitsQkv(),
                new MoE(),
                new MsAttention(),
                new MsDequantizeLinear(),
                new MsGatherND(),
                new MsPad(),
                new MsQLinearConv(),
                new MsQuantizeLinear(),
                new MsRotaryEmbedding(),
                new MsTrilu(),
                new MultiHeadAttention(),
                new NchwcAveragePool(),
                new NchwcConv(),
                new NchwcGlobalAveragePool(),
                new NchwcGlobalMaxPool(),
                new NchwcMaxPool(),
                new NchwcUpsample(),
                new NhwcMaxPool(),
                new QAttention(),
                new QEmbedLayerNormalization(),
                new QGemm(),
                new QLinearAdd(),
                new QLinearAveragePool(),
                new QLinearConcat(),
                new QLinearGlobalAveragePool(),
                new QLinearLeakyRelu(),
                new QLinearMul(),
                new QLinearReduceMean(),
                new QLinearSigmoid(),
                new QLinearSoftmax(),
                new QLinearWhere(),
                new QMoE(),
                new QOrderedGelu(),
                new QOrderedLayerNormalization(),
                new QOrderedMatMul(),
                new QuantizeWithOrder(),
                new QuickGelu(),
                new ReorderInput(),
                new ReorderOutput(),
                new SimplifiedLayerNormalization(),
                new SkipGroupNorm(),
                new SkipLayerNormalization(),
                new SkipSimplifiedLayerNormalization(),
                new TransposeMatMul());
    }
}
