package dev.lathe.graph.text;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;

/// A model or graph as readable text, stable for golden tests and bug reports, and back.
///
/// ``` model "ONNX" ir=8 opset "" 17 graph main (x: float32[batch, 4]) -> (y: float32[batch, 2]) {
///   const w = float32[4, 2] elided 32
///   h = MatMul(x, w) as dense
///   y = Softmax(h) {axis = -1}
/// } ```
///
/// Constants of more than [#INLINE_ELEMENTS] elements are elided and come back without content. Fields of the
/// source file that our types do not model are not printed.
public final class GraphText {
    /// Constants up to this many elements are printed whole, unless told otherwise.
    public static final int INLINE_ELEMENTS = 64;

    private GraphText() {}

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
}
