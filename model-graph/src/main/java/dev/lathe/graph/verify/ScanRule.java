package dev.lathe.graph.verify;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What Scan is told of its axes and directions is as much as it scans and collects, and lies inside the tensors.
final class ScanRule implements Rule {
    private static final long FIRST_WITHOUT_BATCH = 9;

    @Override
    public void check(Subject s) {
        s.forEachUsedNode((node, graph, opsets) -> {
            if (node.op().equals("Scan")
                    && Subject.domain(node.domain()).isEmpty()
                    && s.operator(node).isPresent()) {
                node(s, node, Subject.version(opsets, "").orElse(1L));
            }
        });
    }

    /// How many values a Scan carries from slice to slice; never less than none.
    static int states(Node node, long opset) {
        long scanned = node.attrs().intOr("num_scan_inputs", 1);
        return (int) Math.clamp(given(node, opset) - scanned, 0, given(node, opset));
    }

    /// Where the carried and scanned inputs begin: up to version 8 behind the lengths of the sequences.
    static int first(long opset) {
        return opset < FIRST_WITHOUT_BATCH ? 1 : 0;
    }

    private static int given(Node node, long opset) {
        return Math.max(0, node.inputs().size() - first(opset));
    }

    private static void node(Subject s, Node node, long opset) {
        int given = given(node, opset);
        long scanned = node.attrs().intOr("num_scan_inputs", 1);
        if (scanned < 1 || scanned > given) {
            s.error(
                    "scan-inputs",
                    "num_scan_inputs is " + scanned + ", the node is given " + given
                            + (given == 1 ? " input" : " inputs"),
                    node);
            return;
        }
        if (opset < FIRST_WITHOUT_BATCH) {
            directions(s, node, "directions", scanned);
            return;
        }
        int states = states(node, opset);
        int collected = node.outputs().size() - states;
        directions(s, node, "scan_input_directions", scanned);
        axes(s, node, "scan_input_axes", scanned, states, 0);
        if (collected >= 0) {
            directions(s, node, "scan_output_directions", collected);
            axes(s, node, "scan_output_axes", collected, states, 1);
        }
    }

    private static void directions(Subject s, Node node, String name, long wanted) {
        Optional<List<Long>> told = node.attrs().ints(name);
        counted(s, node, name, told, wanted);
        if (told.isPresent() && told.get().stream().anyMatch(d -> d != 0 && d != 1)) {
            s.error("scan-direction", name + " is " + told.get() + ": 0 is forward, 1 is backward", node);
        }
    }

    private static boolean counted(Subject s, Node node, String name, Optional<List<Long>> told, long wanted) {
        boolean right = told.isEmpty() || told.get().size() == wanted;
        if (!right) {
            s.error(
                    "scan-count",
                    name + " has " + told.map(List::size).orElse(0) + " entries instead of " + wanted,
                    node);
        }
        return right;
    }

    /// @param more how many axes are added to the body's value
    private static void axes(Subject s, Node node, String name, long wanted, int states, int more) {
        Optional<List<Long>> told = node.attrs().ints(name);
        if (!counted(s, node, name, told, wanted) || told.isEmpty()) {
            return;
        }
        for (int i = 0; i < told.get().size(); i++) {
            long axis = told.get().get(i);
            OptionalInt rank = more == 0 ? rank(s, node.input(states + i)) : collected(s, node, states + i);
            if (rank.isPresent() && (axis < -rank.getAsInt() || axis >= rank.getAsInt())) {
                s.error("scan-axis", name + ": axis " + axis + " lies outside a rank of " + rank.getAsInt(), node);
            }
        }
    }

    /// The rank of what is collected of the body's output.
    private static OptionalInt collected(Subject s, Node node, int output) {
        return node.attrs()
                .graph("body")
                .filter(g -> output < g.outputs().size())
                .map(g -> rank(s, g.outputs().get(output)))
                .filter(OptionalInt::isPresent)
                .map(slice -> OptionalInt.of(slice.getAsInt() + 1))
                .orElse(OptionalInt.empty());
    }

    private static OptionalInt rank(Subject s, ValueId id) {
        return id.isPresent() && s.inference().type(id).shape() instanceof Shape.Ranked(List<Dim> dims)
                ? OptionalInt.of(dims.size())
                : OptionalInt.empty();
    }
}
