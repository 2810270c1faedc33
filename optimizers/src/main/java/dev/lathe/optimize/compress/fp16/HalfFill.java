package dev.lathe.optimize.compress.fp16;

import dev.lathe.graph.Attr;
import dev.lathe.graph.DType;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.optimize.rewrite.Elements;
import java.util.List;
import java.util.Optional;

/// ConstantOfShape, which makes a tensor of one repeated number: with that number as a half it makes halves, and no
/// conversion behind it is needed.
final class HalfFill {
    private static final String VALUE = "value";

    private HalfFill() {}

    /// The float32 number that a node repeats; empty for other nodes and types.
    static Optional<Tensor> number(Node n) {
        if (!n.op().equals("ConstantOfShape") || !Constants.isDefaultDomain(n.domain())) {
            return Optional.empty();
        }
        // Without the attribute, the standard's default: a float32 zero.
        return Optional.of(n.attrs().tensor(VALUE).orElseGet(() -> Elements.float32(List.of(1L), new float[] {0})))
                .filter(t -> t.dtype() == DType.FLOAT32 && t.data().isPresent());
    }

    /// The node with the same number as a half, into `half`.
    static Node halved(Node n, ValueId half) {
        Tensor number = number(n).orElseThrow();
        return n.withOutputs(List.of(half))
                .withAttrs(n.attrs().with(VALUE, new Attr.TensorAttr(HalfTensor.convert(number))));
    }
}
