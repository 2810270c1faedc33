package dev.lathe.graph;

import java.util.Optional;

/// The type of a value.
public sealed interface ValueType {
    /// Types that hold others, as lists and optionals do, are neither read nor inferred in more than so many: they are
    /// read, compared and printed by calls in each other.
    int DEEPEST = 32;

    /// A dense tensor. `dtype` is empty when only the shape is known.
    record TensorType(Optional<DType> dtype, Shape shape) implements ValueType {
        @Override
        public String toString() {
            return dtype.map(DType::text).orElse("?") + shape;
        }
    }

    record SparseTensorType(Optional<DType> dtype, Shape shape) implements ValueType {
        @Override
        public String toString() {
            return "sparse " + dtype.map(DType::text).orElse("?") + shape;
        }
    }

    record SequenceType(ValueType element) implements ValueType {
        @Override
        public String toString() {
            return "seq(" + element + ")";
        }
    }

    record OptionalType(ValueType element) implements ValueType {
        @Override
        public String toString() {
            return "optional(" + element + ")";
        }
    }

    record MapType(DType key, ValueType value) implements ValueType {
        @Override
        public String toString() {
            return "map(" + key.text() + ", " + value + ")";
        }
    }

    /// Nothing is known.
    record UnknownType() implements ValueType {
        @Override
        public String toString() {
            return "?";
        }
    }

    static ValueType tensor(DType dtype, Shape shape) {
        return new TensorType(Optional.of(dtype), shape);
    }

    static ValueType unknown() {
        return new UnknownType();
    }

    /// How many types that hold others are in each other here: 0 for a tensor, 1 for a list of tensors.
    default int depth() {
        int depth = 0;
        ValueType at = this;
        while (true) {
            switch (at) {
                case SequenceType(ValueType inner) -> at = inner;
                case OptionalType(ValueType inner) -> at = inner;
                case MapType(DType key, ValueType inner) -> at = inner;
                case TensorType t -> {
                    return depth;
                }
                case SparseTensorType t -> {
                    return depth;
                }
                case UnknownType u -> {
                    return depth;
                }
            }
            depth++;
        }
    }

    /// The element type of a dense tensor, where known.
    default Optional<DType> dtype() {
        return this instanceof TensorType t ? t.dtype() : Optional.empty();
    }

    /// The shape of a dense tensor; unranked for everything else.
    default Shape shape() {
        return this instanceof TensorType t ? t.shape() : Shape.unranked();
    }
}
