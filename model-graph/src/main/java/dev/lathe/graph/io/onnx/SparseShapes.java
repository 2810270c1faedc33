package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What sparse constants, which are kept in wire form, are once unpacked: as ONNX Runtime has them in memory from
/// loading on. Their content is not read.
public final class SparseShapes {
    private static final int SPARSE_TENSOR_OF_ATTRIBUTE = 22;

    private SparseShapes() {}

    /// One field of a sparse tensor that says too little, or amounts to more than can be counted, has no tensor.
    private record Named(String name, Optional<Tensor> tensor) {}

    /// The sparse initializers among the kept fields of a graph, by name; those that can be counted.
    public static Map<String, Tensor> ofGraph(Extra graph) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        Extra all = ExtraScan.only(graph, Proto.GraphField.SPARSE_INITIALIZER, true);
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(all.wire()));
            while (r.next()) {
                Named one = unpacked(r.message());
                one.tensor().ifPresent(t -> found.put(one.name(), t));
            }
        } catch (WireFault unreadable) {
            // The verifier says so.
            return found;
        }
        return found;
    }

    /// The names that one sparse initializer, a whole field, has: of several the last one counts.
    static List<String> names(WireReader field) throws WireFault {
        List<String> names = new ArrayList<>(1);
        WireReader sparse = field.next() ? field.message() : field;
        while (sparse.next()) {
            if (sparse.field() != Proto.SparseField.VALUES || !sparse.isBytes()) {
                sparse.skip();
                continue;
            }
            WireReader values = sparse.message();
            while (values.next()) {
                if (values.field() == Proto.TensorField.NAME && values.isBytes()) {
                    names.add(values.string());
                } else {
                    values.skip();
                }
            }
        }
        return names;
    }

    /// The sparse tensor of an attribute that is kept in wire form, if it is one.
    public static Optional<Tensor> ofAttribute(Extra attribute) {
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(attribute.wire()));
            while (r.next()) {
                if (r.field() == SPARSE_TENSOR_OF_ATTRIBUTE && r.isBytes()) {
                    return unpacked(r.message()).tensor();
                }
                r.skip();
            }
        } catch (WireFault unreadable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Named unpacked(WireReader sparse) throws WireFault {
        String name = "";
        Optional<DType> dtype = Optional.empty();
        List<Long> dims = new ArrayList<>();
        sparse.as(Wire.SPARSE);
        while (sparse.next()) {
            if (sparse.field() == Proto.SparseField.VALUES && sparse.isBytes()) {
                WireReader values = sparse.message().as(Wire.TENSOR);
                while (values.next()) {
                    switch (values.field()) {
                        case Proto.TensorField.NAME -> name = values.string();
                        case Proto.TensorField.DATA_TYPE -> dtype = DType.ofOnnxCode((int) values.varint());
                        default -> values.skip();
                    }
                }
            } else if (sparse.field() == Proto.SparseField.DIMS) {
                SparseConstants.dims(sparse, dims);
            } else {
                sparse.skip();
            }
        }
        return new Named(name, dtype.flatMap(t -> tensor(t, dims)));
    }

    private static Optional<Tensor> tensor(DType dtype, List<Long> dims) {
        if (dtype == DType.STRING
                || dims.isEmpty()
                || dims.size() > Shape.MOST_AXES
                || dims.stream().anyMatch(d -> d < 0)) {
            return Optional.empty();
        }
        try {
            long count = dims.stream().reduce(1L, Math::multiplyExact);
            return Optional.of(Tensor.of(dtype, dims, new Weights.Missing(dtype.bytesFor(count), "not unpacked")));
        } catch (ArithmeticException beyond) {
            return Optional.empty();
        }
    }
}
