package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.util.ArrayList;
import java.util.List;

/// A NodeProto with names not yet resolved and attributes not yet read: those of a subgraph may use values
/// that a later node of this graph defines.
record RawNode(
        String name,
        String domain,
        String op,
        String overload,
        List<String> inputs,
        List<String> outputs,
        List<WireReader.Span> attributes,
        Extra extra,
        WireReader.Span message) {

    static RawNode read(WireReader r) throws WireFault {
        long offset = r.position();
        WireReader.Span message = new WireReader.Span(offset, r.claimedEnd() - offset);
        List<String> inputs = new ArrayList<>(3);
        List<String> outputs = new ArrayList<>(1);
        List<WireReader.Span> attributes = new ArrayList<>(2);
        ExtraFields extra = new ExtraFields();
        String name = "";
        String domain = "";
        String op = "";
        String overload = "";
        try {
            r.as(Wire.NODE);
            while (r.next()) {
                switch (r.field()) {
                    case Proto.NodeField.INPUT -> inputs.add(r.string());
                    case Proto.NodeField.OUTPUT -> outputs.add(r.string());
                    case Proto.NodeField.NAME -> name = r.string();
                    case Proto.NodeField.OP_TYPE -> op = r.string();
                    case Proto.NodeField.ATTRIBUTE -> attributes.add(r.span());
                    case Proto.NodeField.DOMAIN -> domain = r.string();
                    case Proto.NodeField.OVERLOAD -> overload = r.string();
                    default -> extra.keep(r);
                }
            }
        } catch (WireFault f) {
            throw f.inside(
                    name.isEmpty() && op.isEmpty()
                            ? "a node" + (inputs.isEmpty() ? "" : " that reads '" + inputs.getFirst() + "'")
                            : (name.isEmpty() ? "a node" : "node '" + name + "'")
                                    + (op.isEmpty() ? "" : " (" + op + ")"));
        }
        if (op.isEmpty()) {
            throw WireFault.malformed(
                    offset, (name.isEmpty() ? "a node" : "node '" + name + "'") + " names no operator");
        }
        // The two spellings of the standard domain are one.
        String standard = domain;
        if (domain.equals(FileForm.LONG_NAME)) {
            standard = "";
            FileForm.markLongDomain(extra);
        }
        return new RawNode(name, standard, op, overload, inputs, outputs, attributes, extra.done(), message);
    }

    /// Whether it is one of the nodes that ONNX Runtime takes for an initializer when it loads a model.
    boolean isConstant() {
        return op.equals("Constant") && domain.isEmpty() && outputs.size() == 1;
    }
}
