package dev.lathe.graph.op;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What schemas say of every node of an operator, looked at in one place: the words and numbers that attributes may be,
/// and how many axes inputs may have.
public final class StatedLimits {
    private static final Set<String> TYPES = Set.of("to", "dtype", "output_datatype");

    private StatedLimits() {}

    /// A sentence about the first attribute that is another word.
    public static Optional<String> wrongWord(Schema schema, Attrs attrs) {
        for (AttrSpec spec : schema.attrs()) {
            Optional<String> wrong = attrs.find(spec.name())
                    .flatMap(StatedLimits::word)
                    .filter(w -> !spec.words().isEmpty() && !spec.words().contains(w));
            if (wrong.isPresent()) {
                return Optional.of("the attribute '" + spec.name() + "' is '" + wrong.get() + "'; the operator knows "
                        + String.join(
                                ", ",
                                spec.words().stream().filter(w -> !w.isEmpty()).toList()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> word(Attr value) {
        return switch (value) {
            case Attr.StringAttr(String word, boolean binary) -> Optional.of(word);
            case Attr.IntAttr(long n) -> Optional.of(Long.toString(n));
            case Attr.FloatAttr f -> Optional.empty();
            case Attr.IntsAttr i -> Optional.empty();
            case Attr.FloatsAttr f -> Optional.empty();
            case Attr.StringsAttr s -> Optional.empty();
            case Attr.TensorAttr t -> Optional.empty();
            case Attr.TensorsAttr t -> Optional.empty();
            case Attr.GraphAttr g -> Optional.empty();
            case Attr.GraphsAttr g -> Optional.empty();
            case Attr.TypeAttr t -> Optional.empty();
            case Attr.RefAttr r -> Optional.empty();
            case Attr.OpaqueAttr o -> Optional.empty();
        };
    }

    /// A sentence about the first attribute that should name an element type by its number, and does not.
    public static Optional<String> wrongType(Schema schema, Attrs attrs) {
        for (AttrSpec spec : schema.attrs()) {
            if (spec.kind() == AttrSpec.Kind.INT
                    && TYPES.contains(spec.name())
                    && attrs.find(spec.name()).orElse(null) instanceof Attr.IntAttr(long code)
                    && code != 0
                    && (code != (int) code || DType.ofOnnxCode((int) code).isEmpty())) {
                return Optional.of("the attribute '" + spec.name() + "' is " + code + ", which is no element type");
            }
        }
        return Optional.empty();
    }

    /// The place of the first input of a list, of an operator of the standard, that is left empty.
    public static OptionalInt empty(Schema schema, InferContext c) {
        boolean list = !schema.inputs().isEmpty() && schema.inputs().getLast().arity() == Param.Arity.VARIADIC;
        if (list && (schema.domain().isEmpty() || schema.domain().equals("ai.onnx.ml"))) {
            for (int i = schema.inputs().size() - 1; i < c.inputs(); i++) {
                if (!c.has(i)) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    /// A sentence about the first input whose rank is known and is not one of the operator's.
    public static Optional<String> wrongRank(Schema schema, InferContext c) {
        for (int i = 0; i < c.inputs(); i++) {
            Optional<Param> formal = schema.input(i);
            Optional<Param.Ranks> ranks = formal.flatMap(Param::ranks).filter(r -> c.opset() >= r.since());
            if (ranks.isPresent()
                    && c.has(i)
                    && c.shape(i) instanceof Shape.Ranked(List<Dim> dims)
                    && !ranks.get().allow(dims.size())) {
                return Optional.of("its input '" + formal.orElseThrow().name() + "' must have "
                        + ranks.get().words() + ", and has rank " + dims.size());
            }
        }
        return Optional.empty();
    }
}
