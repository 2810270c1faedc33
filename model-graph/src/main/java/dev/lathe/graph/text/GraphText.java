package dev.lathe.graph.text;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model or graph as readable text, stable for golden tests and bug reports, and back.
///
///     model "ONNX" ir=8
///     opset "" 17
///     graph main (x: float32[batch, 4]) -> (y: float32[batch, 2]) {
///       const w = float32[4, 2] elided 32
///       h = MatMul(x, w) as dense
///       y = Softmax(h) {axis = -1}
///     }
///
/// Constants of more than [#INLINE_ELEMENTS] elements are elided and come back without content. Fields of the
/// source file that our types do not model stand as bytes behind `@` (those of a constant behind `%`).
public final class GraphText {
    /// Constants up to this many elements are printed whole, unless told otherwise.
    public static final int INLINE_ELEMENTS = 64;

    /// The values that a text may use though it does not make them, by name.
    @FunctionalInterface
    public interface Scope {
        Optional<ValueId> find(String name);
    }

    private GraphText() {}

    /// Statements of a graph without the graph: what they compute and the constants that they bring.
    ///
    /// @param values those that the statements define
    public record Fragment(List<Node> nodes, Map<ValueId, Value> values, Map<ValueId, Tensor> initializers) {
        public Fragment {
            nodes = List.copyOf(nodes);
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
        }
    }

    public static String print(Model model) {
        return print(model, INLINE_ELEMENTS);
    }

    /// @param inlineElements print constants up to this many elements whole
    public static String print(Model model, int inlineElements) {
        return new ModelPrinter(inlineElements).print(model);
    }

    public static String print(Graph graph) {
        return print(graph, INLINE_ELEMENTS);
    }

    /// @param inlineElements print constants up to this many elements whole
    public static String print(Graph graph, int inlineElements) {
        return new ModelPrinter(inlineElements).print(graph);
    }

    /// @throws LatheException with code `graph-text`, naming line and column
    public static Model parse(String text) throws LatheException {
        return new ModelParser(text).model();
    }

    /// The graph of a text that holds a single graph.
    ///
    /// @throws LatheException with code `graph-text`, naming line and column
    public static Graph parseGraph(String text) throws LatheException {
        return new ModelParser(text).graphOnly();
    }

    /// Statements such as `y = Relu(x)` and `const w = float32[1] {2.0}`.
    ///
    /// @param scope values that the statements may use, by name
    /// @param give existing values that they compute anew, by name; other results get ids from `ids`
    /// @throws LatheException with code `graph-text`, naming line and column
    public static Fragment parseFragment(String text, Scope scope, Map<String, ValueId> give, IdSpace ids)
            throws LatheException {
        return new ModelParser(new Lexer(text), ids).fragment(scope, give);
    }

    /// The value of an attribute, perhaps a graph.
    ///
    /// @param scope values that graphs may use, by name
    /// @throws LatheException with code `graph-text`, naming line and column
    public static Attr parseAttr(String text, Scope scope, IdSpace ids) throws LatheException {
        return new ModelParser(new Lexer(text), ids).attrOnly(scope);
    }

    /// A name as it stands in a text: bare, or in quotes where it must be.
    public static String name(String name) {
        return Words.name(name);
    }

    public static String quoted(String text) {
        return Words.quoted(text);
    }

    /// One node as a statement without types, e.g. `y = Relu(x) as first`; constants whole.
    ///
    /// @param names those of the graph around it all
    public static String print(Graph graph, Node node, ValueNames names) {
        return new ModelPrinter(Integer.MAX_VALUE).print(graph, node, names);
    }

    /// The value of an attribute, e.g. `[1, 2]`; constants whole.
    public static String print(Attr value) {
        return new ModelPrinter(Integer.MAX_VALUE).print(value);
    }

    /// A type, e.g. `float32[batch, 4]`.
    public static String print(ValueType type) {
        return TypePrinter.print(type);
    }
}
