package dev.lathe.graph.verify;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Node;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Schema;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Every attribute is known, given once and of the right kind; none that is required is missing.
final class AttributesRule implements Rule {
    @Override
    public void check(Subject s) {
        s.forEachNode((node, graph, opsets) -> {
            Set<String> seen = new HashSet<>();
            for (Attrs.Entry e : node.attrs().entries()) {
                if (!seen.add(e.name())) {
                    s.error("attribute-twice", "the attribute '" + e.name() + "' is given twice", node);
                }
            }
            // What a call leaves out is left out in the function's body as well: the standard allows that.
            s.operator(node).ifPresent(op -> {
                operator(s, node, op.schema());
                s.signature(node, opsets).ifPresent(sig -> versioned(s, node, op.schema(), sig));
            });
        });
    }

    /// What only other versions of the operator have or need.
    private static void versioned(Subject s, Node node, Schema schema, OperatorTypes.Signature sig) {
        for (Attrs.Entry e : node.attrs().entries()) {
            if (schema.attr(e.name()).isPresent() && !sig.attributes().containsKey(e.name())) {
                s.error(
                        "attribute-unknown",
                        "the operator has no attribute '" + e.name() + "' in the version that came with opset "
                                + sig.since(),
                        node);
            }
        }
        sig.attributes().forEach((name, required) -> {
            boolean told = schema.attr(name).filter(AttrSpec::required).isPresent();
            if (required && !told && !node.attrs().has(name)) {
                missing(s, node, name);
            }
        });
    }

    private static void operator(Subject s, Node node, Schema schema) {
        for (Attrs.Entry e : node.attrs().entries()) {
            Optional<AttrSpec> spec = schema.attr(e.name());
            if (spec.isEmpty()) {
                s.error("attribute-unknown", "the operator has no attribute '" + e.name() + "'", node);
            } else if (!spec.get().accepts(e.value())) {
                s.error(
                        "attribute-kind",
                        "the attribute '" + e.name() + "' must be "
                                + words(spec.get().kind()) + ", it is " + words(e.value()),
                        node);
            }
        }
        for (AttrSpec a : schema.attrs()) {
            if (a.required() && !node.attrs().has(a.name())) {
                missing(s, node, a.name());
            }
        }
    }

    private static void missing(Subject s, Node node, String attribute) {
        s.error("attribute-missing", "the attribute '" + attribute + "' must be given", node);
    }

    static String words(AttrSpec.Kind kind) {
        return switch (kind) {
            case INT -> "an integer";
            case FLOAT -> "a number";
            case STRING -> "a string";
            case TENSOR -> "a tensor";
            case GRAPH -> "a graph";
            case INTS -> "a list of integers";
            case FLOATS -> "a list of numbers";
            case STRINGS -> "a list of strings";
            case TYPE -> "a type";
            case SPARSE_TENSOR -> "a sparse tensor";
        };
    }

    static String words(Attr value) {
        return switch (value) {
            case Attr.IntAttr a -> words(AttrSpec.Kind.INT);
            case Attr.FloatAttr a -> words(AttrSpec.Kind.FLOAT);
            case Attr.StringAttr a -> words(AttrSpec.Kind.STRING);
            case Attr.TensorAttr a -> words(AttrSpec.Kind.TENSOR);
            case Attr.GraphAttr a -> words(AttrSpec.Kind.GRAPH);
            case Attr.TypeAttr a -> words(AttrSpec.Kind.TYPE);
            case Attr.IntsAttr a -> words(AttrSpec.Kind.INTS);
            case Attr.FloatsAttr a -> words(AttrSpec.Kind.FLOATS);
            case Attr.StringsAttr a -> words(AttrSpec.Kind.STRINGS);
            case Attr.TensorsAttr a -> "a list of tensors";
            case Attr.GraphsAttr a -> "a list of graphs";
            case Attr.RefAttr a -> "a reference";
            case Attr.OpaqueAttr a -> "of another kind";
        };
    }
}
