package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// Tensors whose stored content does not fit their shape or element type. They have no weights that could be used; the
/// fields as they came are among the tensor's extra fields, and are written again.
public final class OddContent {
    /// How much of such content a file may have: it is copied to the heap. A file with more does not open.
    static final class Room {
        private static final long LARGEST = 16L << 20;

        private long left = LARGEST;

        /// Takes room for a tensor of so many bytes, if there is as much.
        boolean hasRoomFor(long bytes) {
            left -= Math.min(left + 1, bytes);
            return left >= 0;
        }
    }

    private static final Set<Integer> FIELDS = Set.of(
            Proto.TensorField.RAW_DATA,
            Proto.TensorField.FLOAT_DATA,
            Proto.TensorField.INT32_DATA,
            Proto.TensorField.STRING_DATA,
            Proto.TensorField.INT64_DATA,
            Proto.TensorField.DOUBLE_DATA,
            Proto.TensorField.UINT64_DATA);

    private OddContent() {}

    /// Whether the tensor has content, but none that fits.
    public static boolean isIn(Tensor tensor) {
        return tensor.data() instanceof Weights.Missing
                && FIELDS.stream().anyMatch(f -> ExtraScan.has(tensor.extra(), f));
    }

    /// Whether the content is of the right kind, only more than the shape takes: what the standard's checker lets pass.
    public static boolean isOnlyTooLong(Tensor tensor) {
        if (tensor.elements() == 0) {
            return false;
        }
        int right = TypedData.fieldOf(tensor.dtype());
        boolean raw = ExtraScan.has(tensor.extra(), Proto.TensorField.RAW_DATA);
        int only = raw && tensor.dtype() != DType.STRING ? Proto.TensorField.RAW_DATA : right;
        if (FIELDS.stream().anyMatch(f -> f != only && ExtraScan.has(tensor.extra(), f))) {
            return false;
        }
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(tensor.extra().wire()));
            return raw ? longest(r) > tensor.dtype().bytesFor(tensor.elements()) : tooMany(r, tensor);
        } catch (WireFault f) {
            throw new IllegalStateException("fields that were read before are no longer readable", f);
        }
    }

    private static long longest(WireReader r) throws WireFault {
        long length = 0;
        while (r.next()) {
            if (r.field() == Proto.TensorField.RAW_DATA) {
                length = r.span().length();
            } else {
                r.skip();
            }
        }
        return length;
    }

    private static boolean tooMany(WireReader r, Tensor tensor) throws WireFault {
        if (tensor.dtype() == DType.STRING) {
            long strings = 0;
            while (r.next()) {
                strings += r.field() == Proto.TensorField.STRING_DATA ? 1 : 0;
                r.skip();
            }
            return strings > tensor.elements();
        }
        return TypedData.count(r, tensor.dtype()) > TypedData.valuesOf(tensor.dtype(), tensor.elements());
    }

    /// All fields of content of a tensor.
    static byte[] fieldsOf(WireReader tensor) throws WireFault {
        return fieldsOf(tensor, FIELDS);
    }

    /// Those of the fields `wanted` that a tensor has.
    static byte[] fieldsOf(WireReader tensor, Set<Integer> wanted) throws WireFault {
        ExtraFields kept = new ExtraFields();
        while (tensor.next()) {
            if (wanted.contains(tensor.field())) {
                kept.keep(tensor);
            } else {
                tensor.skip();
            }
        }
        return kept.done().wire();
    }
}
