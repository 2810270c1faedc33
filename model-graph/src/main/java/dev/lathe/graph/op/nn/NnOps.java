package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Neural network layers: one line per operator.
public final class NnOps implements OpFamily {
    @Override
    public String title() {
        return "Neural network layers";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new Attention(),
                new AveragePool(),
                new BatchNormalization(),
                new CausalConvWithState(),
                new Celu(),
                new Conv(),
                new ConvTranspose(),
                new DeformConv(),
                new Dropout(),
                new Einsum(),
                new Elu(),
                new FlexAttention(),
                new GRU(),
                new Gelu(),
                new Gemm(),
                new GlobalAveragePool(),
                new GlobalLpPool(),
                new GlobalMaxPool(),
                new GridSample(),
                new GroupNormalization(),
                new HardSigmoid(),
                new HardSwish(),
                new Hardmax(),
                new InstanceNormalization(),
                new LRN(),
                new LSTM(),
                new LayerNormalization(),
                new LeakyRelu(),
                new LinearAttention(),
                new LogSoftmax(),
                new LpNormalization(),
                new LpPool(),
                new MatMul(),
                new MaxPool(),
                new MaxRoiPool(),
                new MeanVarianceNormalization(),
                new Mish(),
                new NegativeLogLikelihoodLoss(),
                new NonMaxSuppression(),
                new PRelu(),
                new RMSNormalization(),
                new RNN(),
                new Relu(),
                new RoiAlign(),
                new RotaryEmbedding(),
                new Selu(),
                new Shrink(),
                new Sigmoid(),
                new Softmax(),
                new SoftmaxCrossEntropyLoss(),
                new Softplus(),
                new Softsign(),
                new SwiGLU(),
                new Swish(),
                new Tanh(),
                new ThresholdedRelu());
    }
}
