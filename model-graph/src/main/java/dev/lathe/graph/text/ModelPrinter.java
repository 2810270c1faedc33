package dev.lathe.graph.text;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/// Prints models and graphs.
final class ModelPrinter {
    private static final Graph NOTHING =
            new Graph("", "", List.of(), List.of(), List.of(), Map.of(), Map.of(), Extra.NONE);

    private final StringBuilder out = new StringBuilder();
    private final TensorPrinter tensors;
    private int indent;

    ModelPrinter(int inlineElements) {
        tensors = new TensorPrinter(inlineElements);
    }

    String print(Graph graph) {
        graph(graph, ValueNames.of(graph));
        return out.append('\n').toString();
    }

    String print(Graph graph, Node node, ValueNames names) {
        statement(graph, node, names, new HashSet<>(node.outputs()));
        return out.toString();
    }

    String print(Attr value) {
        attr(value, value instanceof Attr.GraphAttr(Graph g) ? ValueNames.of(g) : ValueNames.of(NOTHING));
        return out.toString();
    }

    String print(Model m) {
        out.append("model ").append(Words.quoted(m.format())).append(" ir=").append(m.irVersion());
        if (m.modelVersion() != 0) {
            out.append(" version=").append(m.modelVersion());
        }
        property("producer", m.producerName());
        property("producer-version", m.producerVersion());
        property("domain", m.domain());
        property("doc", m.doc());
        extra(m.extra());
        out.append('\n');
        m.opsets()
                .forEach((domain, version) -> out.append("opset ")
                        .append(Words.quoted(domain))
                        .append(' ')
                        .append(version)
                        .append('\n'));
        m.metadata()
                .forEach((key, value) -> out.append("metadata ")
                        .append(Words.quoted(key))
                        .append(' ')
                        .append(Words.quoted(value))
                        .append('\n'));
        graph(m.graph(), ValueNames.of(m.graph()));
        out.append('\n');
        m.functions().forEach(this::function);
        return out.toString();
    }

    /// Fields of the source file that our types do not model.
    private void extra(Extra extra) {
        if (!extra.isEmpty()) {
            out.append(" @").append(TensorPrinter.hex(extra.wire()));
        }
    }

    private void property(String key, String value) {
        if (!value.isEmpty()) {
            out.append(' ').append(key).append('=').append(Words.quoted(value));
        }
    }

    private void function(Function f) {
        ValueNames names = ValueNames.of(f.body());
        out.append("function ").append(Words.quoted(f.domain())).append(' ').append(Words.quoted(f.overload()));
        StringJoiner attributes = new StringJoiner(", ", " [", "] ");
        f.attributes().forEach(a -> attributes.add(Words.name(a)));
        out.append(attributes);
        attrs(f.defaults(), names);
        f.opsets()
                .forEach((domain, version) -> out.append(" opset ")
                        .append(Words.quoted(domain))
                        .append(' ')
                        .append(version));
        extra(f.extra());
        out.append(' ');
        graph(f.body(), names);
        out.append('\n');
    }

    private void graph(Graph g, ValueNames names) {
        out.append("graph ").append(Words.name(g.name())).append(' ');
        ends(g, g.inputs(), names);
        out.append(" -> ");
        ends(g, g.outputs(), names);
        if (!g.doc().isEmpty()) {
            out.append(' ').append(Words.quoted(g.doc()));
        }
        extra(g.extra());
        out.append(" {");
        indent++;
        Set<ValueId> typed = new HashSet<>(g.inputs());
        typed.addAll(g.outputs());
        for (Map.Entry<ValueId, Tensor> e : g.initializers().entrySet()) {
            line().append("const ");
            value(g, e.getKey(), names, typed);
            out.append(" = ").append(tensors.print(e.getValue()));
        }
        for (Value v : g.values()) {
            boolean defined =
                    g.producer(v.id()).isPresent() || g.initializer(v.id()).isPresent() || g.isInput(v.id());
            if (!defined) {
                line().append("declare ");
                value(g, v.id(), names, typed);
            }
        }
        g.nodes().forEach(n -> node(g, n, names, typed));
        indent--;
        line().append('}');
    }

    private StringBuilder line() {
        return out.append('\n').repeat("  ", indent);
    }

    private void ends(Graph g, List<ValueId> ids, ValueNames names) {
        out.append('(');
        for (int i = 0; i < ids.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            value(g, ids.get(i), names, Set.of());
        }
        out.append(')');
    }

    /// A name with its declared type, unless the type stands elsewhere.
    private void value(Graph g, ValueId id, ValueNames names, Set<ValueId> typedElsewhere) {
        out.append(id.isPresent() ? Words.name(names.of(id)) : "_");
        ValueType type = g.value(id).map(Value::declared).orElse(ValueType.unknown());
        if (!(type instanceof ValueType.UnknownType) && !typedElsewhere.contains(id)) {
            out.append(": ").append(TypePrinter.print(type));
        }
        if (!typedElsewhere.contains(id)) {
            g.value(id).ifPresent(v -> extra(v.extra()));
        }
    }

    private void node(Graph g, Node n, ValueNames names, Set<ValueId> typed) {
        line();
        statement(g, n, names, typed);
    }

    private void statement(Graph g, Node n, ValueNames names, Set<ValueId> typed) {
        for (int i = 0; i < n.outputs().size(); i++) {
            out.append(i == 0 ? "" : ", ");
            value(g, n.outputs().get(i), names, typed);
        }
        out.append(n.outputs().isEmpty() ? "= " : " = ");
        if (!n.domain().isEmpty() || !n.overload().isEmpty()) {
            out.append(Words.name(n.domain())).append(':');
        }
        out.append(Words.name(n.op()));
        if (!n.overload().isEmpty()) {
            out.append(':').append(Words.quoted(n.overload()));
        }
        StringJoiner inputs = new StringJoiner(", ", "(", ")");
        n.inputs().forEach(i -> inputs.add(i.isPresent() ? Words.name(names.of(i)) : "_"));
        out.append(inputs);
        if (!n.attrs().entries().isEmpty()) {
            out.append(' ');
            attrs(n.attrs(), names);
        }
        if (!n.name().isEmpty()) {
            out.append(" as ").append(Words.name(n.name()));
        }
        extra(n.extra());
    }

    private void attrs(Attrs attrs, ValueNames names) {
        out.append('{');
        for (int i = 0; i < attrs.entries().size(); i++) {
            Attrs.Entry e = attrs.entries().get(i);
            out.append(i == 0 ? "" : ", ").append(Words.name(e.name())).append(" = ");
            attr(e.value(), names);
            extra(e.extra());
        }
        out.append('}');
    }

    private void attr(Attr a, ValueNames names) {
        switch (a) {
            case Attr.IntAttr(long v) -> out.append(v);
            case Attr.FloatAttr(float v) -> out.append(Words.number(v, Float.toString(v)));
            case Attr.StringAttr(String v, boolean binary) ->
                out.append(
                        binary ? "hex " + TensorPrinter.hex(v.getBytes(StandardCharsets.ISO_8859_1)) : Words.quoted(v));
            case Attr.TensorAttr(Tensor t) -> out.append(tensors.print(t));
            case Attr.GraphAttr(Graph g) -> graph(g, names);
            case Attr.TypeAttr(ValueType t) -> out.append("type ").append(TypePrinter.print(t));
            case Attr.IntsAttr(List<Long> v) ->
                list("ints", v.stream().map(i -> Long.toString(i)).toList());
            case Attr.FloatsAttr(List<Float> v) ->
                list(
                        "floats",
                        v.stream().map(f -> Words.number(f, Float.toString(f))).toList());
            case Attr.StringsAttr(List<String> v) ->
                list("strings", v.stream().map(Words::quoted).toList());
            case Attr.TensorsAttr(List<Tensor> v) -> {
                out.append("tensors ");
                list("", v.stream().map(tensors::print).toList());
            }
            case Attr.GraphsAttr(List<Graph> v) -> {
                out.append("graphs [");
                for (int i = 0; i < v.size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    graph(v.get(i), names);
                }
                out.append(']');
            }
            case Attr.RefAttr(String name, int type) ->
                out.append("ref ").append(Words.name(name)).append(' ').append(type);
            case Attr.OpaqueAttr(Extra wire) -> out.append("opaque ").append(TensorPrinter.hex(wire.wire()));
        }
    }

    /// The kind is needed where no element shows it.
    private void list(String kind, List<String> elements) {
        out.append(elements.isEmpty() && !kind.isEmpty() ? kind + " []" : "[" + String.join(", ", elements) + "]");
    }
}
