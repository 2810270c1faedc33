package dev.lathe.graph.analyze;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.op.Floats;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.SmallTensor;
import java.util.List;
import java.util.Optional;

/// The elements of a tensor as its element type stores them: whole numbers beyond its width wrap around, as they do in
/// every runtime, and of formulas in a narrow type nobody knows whether they would. What a float type does not hold
/// exactly is unknown here: how it is rounded, the operator knows.
final class StoredContent {
    private StoredContent() {}

    static Known of(Known known) {
        if (known.elements().isEmpty()) {
            return known;
        }
        List<Dim> all = known.elements().get();
        // A slip in an operator's rule must not become another tensor's shape.
        if (SmallTensor.fixed(known.type())
                .filter(dims -> SmallTensor.count(dims) != all.size())
                .isPresent()) {
            return Known.of(known.type());
        }
        Optional<DType> dtype = known.type().dtype();
        if (dtype.isEmpty() || dtype.get() == DType.INT64 || !isNarrow(dtype.get()) || fit(all, dtype.get())) {
            return known;
        }
        return known.withElements(all.stream().map(d -> stored(d, dtype.get())).toList());
    }

    private static boolean fit(List<Dim> all, DType dtype) {
        for (Dim d : all) {
            if (!stored(d, dtype).equals(d)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNarrow(DType dtype) {
        return switch (dtype) {
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, UINT64 -> true;
            default -> dtype.isFloat();
        };
    }

    private static Dim stored(Dim d, DType dtype) {
        if (dtype.isFloat()) {
            return Floats.stored(d, dtype).equals(d) ? d : Dim.unknown();
        }
        if (!(d instanceof Dim.Fixed(long n))) {
            // Extents stay below what 32 bits hold, or nothing of that size could be run.
            return dtype.bits() < 32 ? Dim.unknown() : d;
        }
        return switch (dtype) {
            case INT8 -> Dim.of((byte) n);
            case UINT8 -> Dim.of(n & 0xff);
            case INT16 -> Dim.of((short) n);
            case UINT16 -> Dim.of(n & 0xffff);
            case INT32 -> Dim.of((int) n);
            case UINT32 -> Dim.of(n & 0xffff_ffffL);
            case UINT64 -> n < 0 ? Dim.unknown() : d;
            default -> d;
        };
    }
}
