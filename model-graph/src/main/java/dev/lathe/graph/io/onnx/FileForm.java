package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;

/// What a file has that the standard forbids and that our types do not show: nodes out of order, the standard
/// operators by their long name, attributes without a type or with two values.
///
/// Readers leave a mark among the kept fields of the element, so that the verifier can tell it. Writers drop the
/// marks: what they write is in order. A second value is kept and written as any other field.
public final class FileForm {
    static final String LONG_NAME = "ai.onnx";

    private static final byte[] UNSORTED =
            new WireWriter().message(Proto.GraphField.NODE, new WireWriter()).toByteArray();
    private static final byte[] LONG_DOMAIN =
            new WireWriter().string(Proto.NodeField.DOMAIN, LONG_NAME).toByteArray();
    private static final byte[] UNTYPED =
            new WireWriter().varint(Proto.AttributeField.TYPE, 0).toByteArray();

    private static final Set<Integer> VALUES = Set.of(
            Proto.AttributeField.F,
            Proto.AttributeField.I,
            Proto.AttributeField.S,
            Proto.AttributeField.T,
            Proto.AttributeField.G,
            Proto.AttributeField.FLOATS,
            Proto.AttributeField.INTS,
            Proto.AttributeField.STRINGS,
            Proto.AttributeField.TENSORS,
            Proto.AttributeField.GRAPHS,
            Proto.AttributeField.TP,
            Proto.AttributeField.SPARSE_TENSOR,
            Proto.AttributeField.SPARSE_TENSORS);

    private FileForm() {}

    /// Whether a node stands before one whose output it uses.
    public static boolean isUnsorted(Graph graph) {
        return ExtraScan.hasEmpty(graph.extra(), Proto.GraphField.NODE);
    }

    /// Whether the node names the domain of the standard's operators `ai.onnx`, not with the empty name.
    public static boolean hasLongDomain(Node node) {
        return ExtraScan.has(node.extra(), Proto.NodeField.DOMAIN);
    }

    public static boolean isUntyped(Attrs.Entry attribute) {
        return attribute.value() instanceof Attr.OpaqueAttr(Extra wire)
                ? !ExtraScan.has(wire, Proto.AttributeField.TYPE)
                : ExtraScan.has(attribute.extra(), Proto.AttributeField.TYPE);
    }

    /// Whether the attribute has a value besides that of its type, or besides its reference.
    public static boolean hasFurtherValue(Attrs.Entry attribute) {
        return attribute.value() instanceof Attr.OpaqueAttr(Extra wire)
                ? values(wire).size() > 1
                : !values(attribute.extra()).isEmpty();
    }

    static void markUnsorted(ExtraFields graph) {
        graph.add(UNSORTED.clone());
    }

    static void markLongDomain(ExtraFields node) {
        node.add(LONG_DOMAIN.clone());
    }

    static void markUntyped(ExtraFields attribute) {
        attribute.add(UNTYPED.clone());
    }

    /// Without the mark, and without nodes that another constant overrules.
    public static Extra unmarkedGraph(Extra graph) {
        return ExtraScan.only(graph, Proto.GraphField.NODE, false);
    }

    public static Extra unmarkedNode(Extra node) {
        return ExtraScan.only(node, Proto.NodeField.DOMAIN, false);
    }

    public static Extra unmarkedAttribute(Extra attribute) {
        return ExtraScan.only(attribute, Proto.AttributeField.TYPE, false);
    }

    private static Set<Integer> values(Extra attribute) {
        if (attribute.isEmpty()) {
            return Set.of();
        }
        Set<Integer> found = new HashSet<>();
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(attribute.wire()));
            while (r.next()) {
                if (VALUES.contains(r.field())) {
                    found.add(r.field());
                }
                r.skip();
            }
        } catch (WireFault f) {
            throw new IllegalStateException("fields that were read before are no longer readable", f);
        }
        return found;
    }
}
