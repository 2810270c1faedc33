package dev.lathe.graph.analyze;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.op.Floats;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.SmallTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the few weights that may steer shapes: small whole-number tensors, and tiny float ones (scales of
/// Resize, factors in computed sizes). Everything else stays untouched on disk.
final class SmallContents {
    static final int FLOAT_LIMIT = 16;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private SmallContents() {}

    static Known of(Tensor tensor) {
        try {
            return read(tensor);
        } catch (InternalError e) {
            // How the JVM reports a page of a mapping that is no longer there: the file became shorter. The type
            // stands.
            return Known.of(tensor.type());
        }
    }

    private static Known read(Tensor tensor) {
        Known known = Known.of(tensor.type());
        if (Floats.isReadable(tensor.dtype())) {
            return Floats.of(tensor)
                    .filter(all -> all.size() <= FLOAT_LIMIT)
                    .map(known::withReals)
                    .orElse(known);
        }
        return elements(tensor).map(known::withElements).orElse(known);
    }

    private static Optional<List<Dim>> elements(Tensor t) {
        if (!t.data().isPresent()
                || t.dims().size() > 8
                || t.dims().stream().anyMatch(d -> d < 0 || d > SmallTensor.LIMIT)) {
            return Optional.empty();
        }
        long n = t.elements();
        if (n > SmallTensor.LIMIT
                || !readable(t.dtype())
                || t.data().byteSize() < t.dtype().bytesFor(n)) {
            return Optional.empty();
        }
        MemorySegment bytes = t.data().bytes();
        List<Dim> out = new ArrayList<>((int) n);
        for (long i = 0; i < n; i++) {
            out.add(at(bytes, t.dtype(), i));
        }
        return Optional.of(out);
    }

    private static boolean readable(DType dtype) {
        return switch (dtype) {
            case INT64, INT32, INT16, INT8, UINT64, UINT32, UINT16, UINT8, BOOL -> true;
            default -> false;
        };
    }

    private static Dim at(MemorySegment bytes, DType dtype, long i) {
        return switch (dtype) {
            case INT64 -> Dim.of(bytes.get(LONG, i * 8));
            case UINT64 -> positive(bytes.get(LONG, i * 8));
            case INT32 -> Dim.of(bytes.get(INT, i * 4));
            case UINT32 -> Dim.of(Integer.toUnsignedLong(bytes.get(INT, i * 4)));
            case INT16 -> Dim.of(bytes.get(SHORT, i * 2));
            case UINT16 -> Dim.of(Short.toUnsignedInt(bytes.get(SHORT, i * 2)));
            case BOOL, UINT8 -> Dim.of(bytes.get(ValueLayout.JAVA_BYTE, i) & 0xff);
            case INT8 -> Dim.of(bytes.get(ValueLayout.JAVA_BYTE, i));
            default -> Dim.unknown();
        };
    }

    /// What no size can be is not followed.
    private static Dim positive(long unsigned) {
        return unsigned < 0 ? Dim.unknown() : Dim.of(unsigned);
    }
}
