package dev.lathe.graph.text;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parses one graph; the graphs around it are its scope. One use.
final class GraphParser {
    private static final int DEEPEST = 32;

    private final Lexer in;
    private final TypeParser types;
    private final IdSpace ids;
    private final Optional<GraphParser> outer;
    private final ModelParser model;
    private final int depth;
    private final Map<String, ValueId> names = new HashMap<>();
    private GraphText.Scope around = n -> Optional.empty();
    private final Map<ValueId, Value> values = new LinkedHashMap<>();
    private final Map<ValueId, Tensor> initializers = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private boolean fragment;

    /// Values that a fragment gives rather than makes.
    private final Map<String, ValueId> given = new HashMap<>();

    /// A name with the type that stands behind it.
    private record Typed(String name, ValueType type, Extra extra) {
        Value as(ValueId id) {
            return new Value(id, name, type, extra);
        }
    }

    GraphParser(Lexer in, TypeParser types, IdSpace ids, Optional<GraphParser> outer, ModelParser model) {
        this.in = in;
        this.types = types;
        this.ids = ids;
        this.outer = outer;
        this.model = model;
        this.depth = outer.map(o -> o.depth + 1).orElse(0);
    }

    Graph graph() throws LatheException {
        if (depth > DEEPEST) {
            throw in.error("graphs are nested deeper than " + DEEPEST);
        }
        in.expect("graph");
        String name = in.name();
        List<ValueId> inputs = new ArrayList<>();
        for (Typed t : ends()) {
            inputs.add(define(t));
        }
        in.expect("->");
        List<Typed> outputs = ends();
        String doc = in.kind() == Lexer.Kind.STRING ? in.string() : "";
        Extra extra = types.extra("@");
        in.expect("{");
        while (!in.accept("}")) {
            statement();
        }
        List<ValueId> outputIds = new ArrayList<>();
        for (Typed t : outputs) {
            ValueId id = resolve(t.name)
                    .orElseThrow(() -> in.error("the graph returns '" + t.name + "', which nothing defines"));
            Value own = values.get(id);
            boolean told = !(t.type instanceof ValueType.UnknownType) || !t.extra.isEmpty();
            if (own != null && told && !inputs.contains(id)) {
                values.put(id, new Value(id, own.name(), t.type, t.extra));
            }
            outputIds.add(id);
        }
        return new Graph(name, doc, inputs, outputIds, nodes, values, initializers, extra);
    }

    GraphParser knowing(GraphText.Scope scope) {
        around = scope;
        return this;
    }

    /// Statements alone, to the end of the text.
    ///
    /// @param scope values that the statements may use
    /// @param give values that they must produce, by name
    GraphText.Fragment fragment(GraphText.Scope scope, Map<String, ValueId> give) throws LatheException {
        around = n -> give.containsKey(n) ? Optional.empty() : scope.find(n);
        given.putAll(give);
        fragment = true;
        while (in.kind() != Lexer.Kind.END) {
            statement();
        }
        return new GraphText.Fragment(nodes, values, initializers);
    }

    private void statement() throws LatheException {
        if (in.accept("const")) {
            constant();
        } else if (in.accept("declare")) {
            Typed t = typed();
            ValueId id = ids.value();
            values.put(id, t.as(id));
            // An outer value of that name is what nodes mean; without one it is this.
            if (resolve(t.name).isEmpty()) {
                names.put(t.name, id);
            }
        } else {
            node();
        }
    }

    private List<Typed> ends() throws LatheException {
        List<Typed> ends = new ArrayList<>();
        in.expect("(");
        while (!in.accept(")")) {
            ends.add(typed());
            if (!in.is(")")) {
                in.expect(",");
            }
        }
        return ends;
    }

    private Typed typed() throws LatheException {
        String name = in.name();
        ValueType type = in.accept(":") ? types.type() : ValueType.unknown();
        return new Typed(name, type, types.extra("@"));
    }

    private ValueId define(Typed t) throws LatheException {
        if (names.containsKey(t.name) || around.find(t.name).isPresent()) {
            throw in.error("'" + t.name + "' is defined twice");
        }
        ValueId wanted = given.get(t.name);
        ValueId id = wanted == null ? ids.value() : wanted;
        names.put(t.name, id);
        values.put(id, t.as(id));
        return id;
    }

    private Optional<ValueId> resolve(String name) {
        ValueId own = names.get(name);
        return own == null ? around.find(name).or(() -> outer.flatMap(o -> o.resolve(name))) : Optional.of(own);
    }

    private void constant() throws LatheException {
        Typed t = typed();
        // In a graph it may be the default of an input. Statements alone never change what is there.
        ValueId there = fragment ? null : names.get(t.name);
        ValueId id = there == null ? define(t) : there;
        in.expect("=");
        initializers.put(id, types.tensor());
    }

    private void node() throws LatheException {
        NodeId id = ids.node();
        List<Typed> outs = new ArrayList<>();
        List<Boolean> absent = new ArrayList<>();
        while (!in.accept("=")) {
            absent.add(in.is("_"));
            outs.add(typed());
            if (!in.is("=")) {
                in.expect(",");
            }
        }
        String op = in.name();
        String domain = "";
        String overload = "";
        if (in.accept(":")) {
            domain = op;
            op = in.name();
        }
        if (in.accept(":")) {
            overload = in.string();
        }
        List<ValueId> inputs = new ArrayList<>();
        in.expect("(");
        while (!in.accept(")")) {
            if (in.accept("_")) {
                inputs.add(ValueId.ABSENT);
            } else {
                String used = in.name();
                inputs.add(resolve(used).orElseThrow(() -> in.error("nothing before defines '" + used + "'")));
            }
            if (!in.is(")")) {
                in.expect(",");
            }
        }
        Attrs attrs = in.is("{") ? model.attrs(Optional.of(this)) : Attrs.NONE;
        String name = in.accept("as") ? in.name() : "";
        Extra extra = types.extra("@");
        List<ValueId> outputs = new ArrayList<>();
        for (int i = 0; i < outs.size(); i++) {
            outputs.add(absent.get(i) ? ValueId.ABSENT : define(outs.get(i)));
        }
        String shown = name.isEmpty() ? op + "_" + id.index() : name;
        nodes.add(new Node(
                id, name, domain, op, overload, inputs, outputs, attrs, new Origin.Imported(id, shown), extra));
    }
}
