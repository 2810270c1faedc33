package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads TypeProto. What a [ValueType] cannot say (denotations, opaque types) is left to the caller, who
/// keeps the original bytes when writing the type again would give others.
final class TypeReader {
    private static final int DEEPEST_TYPE = 32;

    private TypeReader() {}

    static ValueType read(WireReader r) throws WireFault {
        return read(r, ValueType.unknown());
    }

    /// The type that this message makes of `before`, which an earlier piece of it gave.
    static ValueType read(WireReader r, ValueType before) throws WireFault {
        return read(r, before, 0);
    }

    private static ValueType read(WireReader r, ValueType before, int depth) throws WireFault {
        if (depth > DEEPEST_TYPE) {
            throw WireFault.malformed(r.position(), "types are nested deeper than " + DEEPEST_TYPE);
        }
        ValueType type = before;
        while (r.next()) {
            if (!r.isBytes()) {
                r.skip();
                continue;
            }
            switch (r.field()) {
                case Proto.TypeField.TENSOR -> {
                    TensorParts t = tensor(
                            r.message(),
                            type instanceof ValueType.TensorType(Optional<DType> d, Shape s)
                                    ? new TensorParts(d, s)
                                    : TensorParts.NONE);
                    type = new ValueType.TensorType(t.dtype, t.shape);
                }
                case Proto.TypeField.SPARSE_TENSOR -> {
                    TensorParts t = tensor(
                            r.message(),
                            type instanceof ValueType.SparseTensorType(Optional<DType> d, Shape s)
                                    ? new TensorParts(d, s)
                                    : TensorParts.NONE);
                    type = new ValueType.SparseTensorType(t.dtype, t.shape);
                }
                case Proto.TypeField.SEQUENCE ->
                    type = new ValueType.SequenceType(element(
                            r.message(),
                            type instanceof ValueType.SequenceType(ValueType e) ? e : ValueType.unknown(),
                            depth));
                case Proto.TypeField.OPTIONAL ->
                    type = new ValueType.OptionalType(element(
                            r.message(),
                            type instanceof ValueType.OptionalType(ValueType e) ? e : ValueType.unknown(),
                            depth));
                case Proto.TypeField.MAP -> type = map(r.message(), type, depth);
                default -> r.skip();
            }
        }
        return type;
    }

    private static ValueType element(WireReader r, ValueType before, int depth) throws WireFault {
        ValueType element = before;
        while (r.next()) {
            if (r.field() == 1 && r.isBytes()) {
                element = read(r.message(), element, depth + 1);
            } else {
                r.skip();
            }
        }
        return element;
    }

    private static ValueType map(WireReader r, ValueType before, int depth) throws WireFault {
        Optional<DType> key = Optional.empty();
        ValueType value = ValueType.unknown();
        if (before instanceof ValueType.MapType(DType k, ValueType v)) {
            key = Optional.of(k);
            value = v;
        }
        while (r.next()) {
            if (r.field() == 1 && r.isVarint()) {
                key = DType.ofOnnxCode((int) r.varint());
            } else if (r.field() == 2 && r.isBytes()) {
                value = read(r.message(), value, depth + 1);
            } else {
                r.skip();
            }
        }
        return key.isPresent() ? new ValueType.MapType(key.get(), value) : ValueType.unknown();
    }

    private record TensorParts(Optional<DType> dtype, Shape shape) {
        static final TensorParts NONE = new TensorParts(Optional.empty(), Shape.unranked());
    }

    private static TensorParts tensor(WireReader r, TensorParts before) throws WireFault {
        Optional<DType> dtype = before.dtype;
        Shape shape = before.shape;
        while (r.next()) {
            if (r.field() == 1 && r.isVarint()) {
                dtype = DType.ofOnnxCode((int) r.varint());
            } else if (r.field() == 2 && r.isBytes()) {
                shape = shape(r.message(), shape);
            } else {
                r.skip();
            }
        }
        return new TensorParts(dtype, shape);
    }

    private static Shape shape(WireReader r, Shape before) throws WireFault {
        List<Dim> dims = before instanceof Shape.Ranked(List<Dim> given) ? new ArrayList<>(given) : new ArrayList<>();
        while (r.next()) {
            if (r.field() == 1 && r.isBytes()) {
                dims.add(dim(r.message()));
            } else {
                r.skip();
            }
        }
        return Shape.of(dims);
    }

    private static Dim dim(WireReader r) throws WireFault {
        Dim dim = Dim.unknown();
        while (r.next()) {
            if (r.field() == Proto.DimField.VALUE && r.isVarint()) {
                long size = r.varint();
                // Some exporters write −1 for "any".
                dim = size < 0 ? Dim.unknown() : Dim.of(size);
            } else if (r.field() == Proto.DimField.PARAM && r.isBytes()) {
                String name = r.string();
                dim = name.isEmpty() ? Dim.unknown() : Dim.symbol(name);
            } else {
                r.skip();
            }
        }
        return dim;
    }
}
