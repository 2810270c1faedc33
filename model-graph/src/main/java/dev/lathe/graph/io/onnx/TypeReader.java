package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gathers a TypeProto from its pieces: whatever of it a file gives several times adds to what is there already, so
/// that a file in small pieces takes no longer to read than one of the same length in one. What a [ValueType] cannot
/// say (denotations, opaque types) is left to the caller, who keeps the original bytes when writing the type again
/// would give others.
final class TypeReader {
    private final int depth;
    /// The field of TypeProto that was read last; of several kinds the last one counts.
    private int kind;
    private Optional<DType> dtype = Optional.empty();
    private final List<Dim> dims = new ArrayList<>(4);
    private boolean ranked;
    /// The element of a sequence or optional, the value of a map.
    private @Nullable TypeReader element;

    TypeReader() {
        this(0);
    }

    private TypeReader(int depth) {
        this.depth = depth;
    }

    static ValueType read(WireReader r) throws WireFault {
        return new TypeReader().gather(r).type();
    }

    /// Takes in a message, or one piece of it.
    TypeReader gather(WireReader r) throws WireFault {
        if (depth > ValueType.DEEPEST) {
            throw WireFault.malformed(r.position(), "types are nested deeper than " + ValueType.DEEPEST);
        }
        while (r.next()) {
            switch (r.isBytes() ? r.field() : 0) {
                case Proto.TypeField.TENSOR, Proto.TypeField.SPARSE_TENSOR -> {
                    become(r.field());
                    tensor(r.message());
                }
                case Proto.TypeField.SEQUENCE, Proto.TypeField.OPTIONAL -> {
                    become(r.field());
                    element(r.message());
                }
                case Proto.TypeField.MAP -> {
                    become(r.field());
                    map(r.message());
                }
                default -> r.skip();
            }
        }
        return this;
    }

    /// The type that the pieces make.
    ValueType type() {
        ValueType inner = element == null ? ValueType.unknown() : element.type();
        return switch (kind) {
            case Proto.TypeField.TENSOR -> new ValueType.TensorType(dtype, shape());
            case Proto.TypeField.SPARSE_TENSOR -> new ValueType.SparseTensorType(dtype, shape());
            case Proto.TypeField.SEQUENCE -> new ValueType.SequenceType(inner);
            case Proto.TypeField.OPTIONAL -> new ValueType.OptionalType(inner);
            case Proto.TypeField.MAP ->
                dtype.isPresent() ? new ValueType.MapType(dtype.get(), inner) : ValueType.unknown();
            default -> ValueType.unknown();
        };
    }

    private Shape shape() {
        return ranked ? Shape.of(dims) : Shape.unranked();
    }

    private void become(int next) {
        if (next != kind) {
            kind = next;
            dtype = Optional.empty();
            dims.clear();
            ranked = false;
            element = null;
        }
    }

    private void element(WireReader r) throws WireFault {
        while (r.next()) {
            if (r.field() == 1 && r.isBytes()) {
                inner(r.message());
            } else {
                r.skip();
            }
        }
    }

    private void inner(WireReader r) throws WireFault {
        TypeReader known = element == null ? new TypeReader(depth + 1) : element;
        element = known.gather(r);
    }

    private void map(WireReader r) throws WireFault {
        while (r.next()) {
            if (r.field() == 1 && r.isVarint()) {
                dtype = DType.ofOnnxCode((int) r.varint());
            } else if (r.field() == 2 && r.isBytes()) {
                inner(r.message());
            } else {
                r.skip();
            }
        }
    }

    private void tensor(WireReader r) throws WireFault {
        while (r.next()) {
            if (r.field() == 1 && r.isVarint()) {
                dtype = DType.ofOnnxCode((int) r.varint());
            } else if (r.field() == 2 && r.isBytes()) {
                ranked = true;
                shape(r.message());
            } else {
                r.skip();
            }
        }
    }

    private void shape(WireReader r) throws WireFault {
        while (r.next()) {
            if (r.field() != 1 || !r.isBytes()) {
                r.skip();
                continue;
            }
            if (dims.size() == Shape.MOST_AXES) {
                throw WireFault.malformed(r.position(), "a shape has more than " + Shape.MOST_AXES + " dimensions");
            }
            dims.add(dim(r.message()));
        }
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
