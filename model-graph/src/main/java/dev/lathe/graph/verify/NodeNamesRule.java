package dev.lathe.graph.verify;

import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import java.util.HashSet;
import java.util.Set;

/// Nodes of one graph differ in name, if they have one.
///
/// An error is what ONNX Runtime refuses to load: two nodes of one name in the same graph or body, also in a
/// function that is called. It does not count Constant nodes, which it turns
/// into initializers first, nor the same name in different graphs. (Found by trying it with each.)
final class NodeNamesRule implements Rule {
    @Override
    public void check(Subject s) {
        s.model().graph().forEachGraph(g -> twins(s, g, true));
        Set<Function> called = Subject.identities();
        called.addAll(s.called());
        s.model().functions().forEach(f -> f.body().forEachGraph(g -> twins(s, g, called.contains(f))));
    }

    private static void twins(Subject s, Graph graph, boolean loaded) {
        Set<String> names = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (Node n : graph.nodes()) {
            boolean constant = Subject.domain(n.domain()).isEmpty() && n.op().equals("Constant");
            if (constant || n.name().isEmpty() || names.add(n.name()) || !told.add(n.name())) {
                continue;
            }
            String sentence = "another node of the same graph has this name";
            if (loaded) {
                s.error("node-name-twice", sentence + ": ONNX Runtime refuses to load such a model", n);
            } else {
                s.warning("node-name-twice", sentence + ", in a function that is never called", n);
            }
        }
    }
}
