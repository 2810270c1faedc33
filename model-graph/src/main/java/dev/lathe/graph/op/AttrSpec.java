package dev.lathe.graph.op;

import dev.lathe.graph.Attr;
import java.util.List;
import java.util.Optional;

/// One attribute of an operator: its kind, whether it must be given, and the value that stands for a missing
/// one.
///
/// @param words those that a string may be, or the whole numbers that a flag may be; empty where any is taken
public record AttrSpec(String name, Kind kind, boolean required, Optional<Attr> otherwise, List<String> words) {
    public AttrSpec {
        words = List.copyOf(words);
    }

    AttrSpec(String name, Kind kind, boolean required, Optional<Attr> otherwise) {
        this(name, kind, required, otherwise, List.of());
    }

    /// ONNX's attribute kinds.
    public enum Kind {
        INT,
        FLOAT,
        STRING,
        TENSOR,
        GRAPH,
        INTS,
        FLOATS,
        STRINGS,
        TYPE,
        SPARSE_TENSOR;

        /// Whether `value` is of this kind. A reference to a function's attribute and a kind that we do not interpret
        /// pass.
        public boolean takes(Attr value) {
            return switch (value) {
                case Attr.IntAttr a -> this == INT;
                case Attr.FloatAttr a -> this == FLOAT;
                case Attr.StringAttr a -> this == STRING;
                case Attr.TensorAttr a -> this == TENSOR;
                case Attr.GraphAttr a -> this == GRAPH;
                case Attr.TypeAttr a -> this == TYPE;
                case Attr.IntsAttr a -> this == INTS;
                case Attr.FloatsAttr a -> this == FLOATS;
                case Attr.StringsAttr a -> this == STRINGS;
                case Attr.TensorsAttr a -> false;
                case Attr.GraphsAttr a -> false;
                case Attr.RefAttr a -> true;
                case Attr.OpaqueAttr a -> true;
            };
        }
    }

    /// [Kind#takes], whatever its words are.
    public boolean accepts(Attr value) {
        return kind.takes(value);
    }
}
