package dev.lathe.graph;

import java.util.ArrayList;
import java.util.List;

/// A node with the graph it stands in: the main graph, or the body of an If, Loop or Scan at any depth. `in` is the
/// path of the body, `<node>.<attribute>/` for each step, e.g. `choose.then_branch/`, with the body's index where an
/// attribute holds several, e.g. `pick.cases[0]/`; empty for the main graph.
public record NodePlace(Node node, Graph graph, String in) {

    /// Every node of a graph and of the bodies in it, in order of execution: bodies before the node that runs them.
    public static List<NodePlace> all(Graph main) {
        List<NodePlace> places = new ArrayList<>();
        collect(main, "", places);
        return List.copyOf(places);
    }

    /// Those of the main graph, and those of the functions, whose path begins with the function: `local:Twice/`.
    public static List<NodePlace> everywhere(Model model) {
        List<NodePlace> places = new ArrayList<>();
        collect(model.graph(), "", places);
        model.functions().forEach(f -> collect(f.body(), f.path(), places));
        return List.copyOf(places);
    }

    private static void collect(Graph graph, String in, List<NodePlace> into) {
        for (Node n : graph.nodes()) {
            for (Attrs.Entry e : n.attrs().entries()) {
                String inside = in + n.shownName() + "." + e.name();
                if (e.value() instanceof Attr.GraphAttr(Graph body)) {
                    collect(body, inside + "/", into);
                } else if (e.value() instanceof Attr.GraphsAttr(List<Graph> bodies)) {
                    for (int i = 0; i < bodies.size(); i++) {
                        collect(bodies.get(i), inside + "[" + i + "]/", into);
                    }
                }
            }
            into.add(new NodePlace(n, graph, in));
        }
    }

    /// The node's name with the path of the body that it stands in.
    public String shownName() {
        return in + node.shownName();
    }
}
