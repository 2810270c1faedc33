package dev.lathe.graph;

import java.util.ArrayList;
import java.util.List;

/// One operator applied to values. `domain` is "" for ai.onnx. `name` may be empty or repeated, as files have
/// it: never key on it. Inputs and outputs may contain [ValueId#ABSENT]. `overload` selects among model-local
/// functions of the same name ("" mostly).
public record Node(
        NodeId id,
        String name,
        String domain,
        String op,
        String overload,
        List<ValueId> inputs,
        List<ValueId> outputs,
        Attrs attrs,
        Origin origin,
        Extra extra) {

    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// A node of the default domain without attributes or unmodelled fields.
    public static Node of(
            NodeId id, String name, String op, List<ValueId> inputs, List<ValueId> outputs, Origin origin) {
        return new Node(id, name, "", op, "", inputs, outputs, Attrs.NONE, origin, Extra.NONE);
    }

    /// The input at `index`, [ValueId#ABSENT] where it is left out.
    public ValueId input(int index) {
        return index < inputs.size() ? inputs.get(index) : ValueId.ABSENT;
    }

    /// The output at `index`, [ValueId#ABSENT] where it is left out.
    public ValueId output(int index) {
        return index < outputs.size() ? outputs.get(index) : ValueId.ABSENT;
    }

    /// What people read: the name, or the operator and number when the file gives none.
    public String shownName() {
        return name.isEmpty() ? op + "_" + id.index() : name;
    }

    /// `domain:op`, or the plain operator for ai.onnx.
    public String qualifiedOp() {
        return domain.isEmpty() ? op : domain + ":" + op;
    }

    public Node withName(String next) {
        return new Node(id, next, domain, op, overload, inputs, outputs, attrs, origin, extra);
    }

    public Node withInputs(List<ValueId> next) {
        return new Node(id, name, domain, op, overload, next, outputs, attrs, origin, extra);
    }

    public Node withOutputs(List<ValueId> next) {
        return new Node(id, name, domain, op, overload, inputs, next, attrs, origin, extra);
    }

    /// The same instance when it has these fields.
    public Node withExtra(Extra next) {
        return next == extra ? this : new Node(id, name, domain, op, overload, inputs, outputs, attrs, origin, next);
    }

    public Node withAttrs(Attrs next) {
        return new Node(id, name, domain, op, overload, inputs, outputs, next, origin, extra);
    }

    public Node withOp(String newDomain, String newOp) {
        return new Node(id, name, newDomain, newOp, overload, inputs, outputs, attrs, origin, extra);
    }

    public Node withOrigin(Origin next) {
        return new Node(id, name, domain, op, overload, inputs, outputs, attrs, next, extra);
    }

    /// Subgraphs in attribute order (If, Loop, Scan and their like); empty for most nodes.
    public List<Graph> subgraphs() {
        List<Graph> found = List.of();
        List<Attrs.Entry> entries = attrs.entries();
        // By number: this is asked of every node of a graph many times over.
        for (int i = 0; i < entries.size(); i++) {
            Attrs.Entry e = entries.get(i);
            if (e.value() instanceof Attr.GraphAttr(Graph g)) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(g);
            } else if (e.value() instanceof Attr.GraphsAttr(List<Graph> gs)) {
                found = found.isEmpty() ? new ArrayList<>(gs.size()) : found;
                found.addAll(gs);
            }
        }
        return found;
    }
}
