package dev.lathe.graph.verify;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import java.util.List;
import java.util.Optional;

/// The graphs inside If, Loop and Scan take and give as many values as the node around them.
final class BodiesRule implements Rule {
    @Override
    public void check(Subject s) {
        s.forEachUsedNode((node, graph, opsets) -> {
            if (!Subject.domain(node.domain()).isEmpty() || s.function(node).isPresent()) {
                return;
            }
            switch (node.op()) {
                case "If" -> branches(s, node);
                case "Loop" -> loop(s, node);
                case "Scan" -> scan(s, node, Subject.version(opsets, "").orElse(1L));
                default -> {}
            }
        });
    }

    private static void branches(Subject s, Node node) {
        for (String branch : List.of("then_branch", "else_branch")) {
            Optional<Graph> body = node.attrs().graph(branch);
            body.ifPresent(g -> {
                inputs(s, node, branch, g, 0);
                outputs(s, node, branch, g, node.outputs().size());
            });
        }
        unnamed(s, node, 0);
        types(s, node);
    }

    /// Whichever branch runs, an output has one type.
    private static void types(Subject s, Node node) {
        Optional<Graph> then = node.attrs().graph("then_branch");
        Optional<Graph> otherwise = node.attrs().graph("else_branch");
        for (int i = 0;
                then.isPresent() && otherwise.isPresent() && i < node.outputs().size();
                i++) {
            Optional<String> one = type(s, then.get(), i);
            Optional<String> other = type(s, otherwise.get(), i);
            if (one.isPresent() && other.isPresent() && !one.equals(other)) {
                s.error(
                        "branch-types-differ",
                        "the branches give different types as output " + i + ": " + one.get() + " and " + other.get(),
                        node);
            }
        }
    }

    private static Optional<String> type(Subject s, Graph body, int output) {
        return output < body.outputs().size()
                ? OperatorTypes.words(s.inference().type(body.outputs().get(output)))
                : Optional.empty();
    }

    /// The body takes the trip number, the condition and what is carried; it gives the condition, what is carried and
    /// what is collected.
    private static void loop(Subject s, Node node) {
        node.attrs().graph("body").ifPresent(g -> {
            int carried = Math.max(0, node.inputs().size() - 2);
            inputs(s, node, "body", g, carried + 2);
            outputs(s, node, "body", g, node.outputs().size() + 1);
            if (g.outputs().size() < carried + 1) {
                s.error("body-outputs", "the graph 'body' gives less than the node carries", node);
            }
            carried(s, node, carried);
            unnamed(s, node, carried);
        });
    }

    private static void scan(Subject s, Node node, long opset) {
        node.attrs().graph("body").ifPresent(g -> {
            // Up to version 8 the first input told the lengths of the sequences.
            inputs(s, node, "body", g, node.inputs().size() - (opset < 9 ? 1 : 0));
            outputs(s, node, "body", g, node.outputs().size());
            carried(s, node, ScanRule.states(node, opset));
            unnamed(s, node, 0);
        });
    }

    /// What is carried comes out of the node, whether or not anybody reads it.
    private static void carried(Subject s, Node node, int carried) {
        if (node.outputs().size() < carried) {
            s.error(
                    "carried-outputs",
                    "carries " + carried + " values and has only "
                            + node.outputs().size() + " outputs",
                    node);
        }
    }

    /// The standard lets outputs stay without a name; the runtime looks for them all the same, but for what a Loop
    /// carries.
    private static void unnamed(Subject s, Node node, int from) {
        for (int i = from; i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isPresent()) {
                s.warning("output-unnamed", "its output " + i + " has no name: ONNX Runtime does not load that", node);
                return;
            }
        }
    }

    private static void inputs(Subject s, Node node, String body, Graph g, int wanted) {
        if (g.inputs().size() != wanted) {
            s.error(
                    "body-inputs",
                    "the graph '" + body + "' takes " + g.inputs().size() + " inputs, the node gives it " + wanted,
                    node);
        }
    }

    /// Runtimes take neither fewer nor more, not even those at the end that nobody reads.
    private static void outputs(Subject s, Node node, String body, Graph g, int wanted) {
        if (g.outputs().size() != wanted) {
            s.error(
                    "body-outputs",
                    "the graph '" + body + "' gives " + g.outputs().size() + " outputs, the node "
                            + (g.outputs().size() < wanted ? "needs " : "takes only ") + wanted,
                    node);
        }
    }
}
