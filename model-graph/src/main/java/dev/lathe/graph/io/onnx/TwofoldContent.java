package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import dev.lathe.graph.Tensor;
import java.util.Set;

/// Tensors whose content a file holds as raw bytes and again as numbers. The raw bytes count; the numbers are
/// among the tensor's extra fields, so that they are not lost.
public final class TwofoldContent {
    private static final Set<Integer> FIELDS = Set.of(
            Proto.TensorField.FLOAT_DATA,
            Proto.TensorField.INT32_DATA,
            Proto.TensorField.INT64_DATA,
            Proto.TensorField.DOUBLE_DATA,
            Proto.TensorField.UINT64_DATA);

    private TwofoldContent() {}

    public static boolean isIn(Tensor tensor) {
        if (tensor.extra().isEmpty()) {
            return false;
        }
        for (int field : FIELDS) {
            if (ExtraScan.has(tensor.extra(), field)) {
                return true;
            }
        }
        return false;
    }

    /// The fields of numbers of a tensor whose raw bytes count.
    static Extra of(WireReader tensor) throws WireFault {
        ExtraFields kept = new ExtraFields();
        while (tensor.next()) {
            int field = tensor.field();
            if (FIELDS.contains(field)) {
                kept.keep(tensor);
            } else {
                tensor.skip();
            }
        }
        return kept.done();
    }
}
