package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import java.util.Set;

/// Tensors that have content in two fields: as raw bytes and again as numbers, or as numbers and as strings. The one
/// that fits the element type counts, a data file first, then raw bytes; the other is among the tensor's extra fields,
/// so that it is not lost.
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
        if (ExternalMark.isOn(tensor.extra()) && ExtraScan.has(tensor.extra(), Proto.TensorField.RAW_DATA)) {
            return true;
        }
        if (tensor.dtype() != DType.STRING && ExtraScan.has(tensor.extra(), Proto.TensorField.STRING_DATA)) {
            return true;
        }
        for (int field : FIELDS) {
            if (ExtraScan.has(tensor.extra(), field)) {
                return true;
            }
        }
        return false;
    }
}
