package dev.lathe.graph.op.early;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Operators that the standard had as experiments before version 10 and that ONNX Runtime kept, as converters from
/// Core ML wrote them: one line per operator.
public final class EarlyOps implements OpFamily {
    @Override
    public String title() {
        return "Early experiments";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new Affine(),
                new Crop(),
                new DynamicSlice(),
                new GRUUnit(),
                new GivenTensorFill(),
                new ImageScaler(),
                new ParametricSoftplus(),
                new Scale(),
                new ScaledTanh());
    }
}
