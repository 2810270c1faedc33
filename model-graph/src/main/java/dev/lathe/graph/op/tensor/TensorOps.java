package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Shapes and data movement: one line per operator.
public final class TensorOps implements OpFamily {
    @Override
    public String title() {
        return "Shapes and data movement";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new AffineGrid(),
                new Bernoulli(),
                new BitCast(),
                new Cast(),
                new CastLike(),
                new CenterCropPad(),
                new Col2Im(),
                new Compress(),
                new Concat(),
                new Constant(),
                new ConstantOfShape(),
                new DepthToSpace(),
                new Expand(),
                new EyeLike(),
                new Flatten(),
                new Gather(),
                new GatherElements(),
                new GatherND(),
                new Identity(),
                new ImageDecoder(),
                new MaxUnpool(),
                new Multinomial(),
                new NonZero(),
                new OneHot(),
                new Pad(),
                new RandomNormal(),
                new RandomNormalLike(),
                new RandomUniform(),
                new RandomUniformLike(),
                new Range(),
                new RegexFullMatch(),
                new Reshape(),
                new Resize(),
                new ReverseSequence(),
                new Scatter(),
                new ScatterElements(),
                new ScatterND(),
                new ShapeOp(),
                new Size(),
                new Slice(),
                new SpaceToDepth(),
                new Split(),
                new Squeeze(),
                new StringConcat(),
                new StringNormalizer(),
                new StringSplit(),
                new TensorScatter(),
                new TfIdfVectorizer(),
                new Tile(),
                new TopK(),
                new Transpose(),
                new Trilu(),
                new Unique(),
                new Unsqueeze(),
                new Upsample());
    }
}
