package dev.lathe.graph.verify;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Since version 18 Split is told either the sizes of its parts or their number.
final class SplitRule implements Rule {
    private static final long FIRST_WITH_NUMBER = 18;

    @Override
    public void check(Subject s) {
        boolean custom = hasCustomOperators(s);
        s.forEachNode((node, graph, opsets) -> {
            if (node.op().equals("Split")
                    && Subject.domain(node.domain()).isEmpty()
                    && s.operator(node).isPresent()
                    && Subject.version(opsets, "").orElse(1L) >= FIRST_WITH_NUMBER) {
                node(s, node, custom);
            }
        });
    }

    /// A runtime knows no sizes behind these, though we may.
    private static boolean hasCustomOperators(Subject s) {
        AtomicBoolean custom = new AtomicBoolean();
        s.forEachNode((node, graph, opsets) -> {
            if (s.function(node).isEmpty()
                    && !OperatorTypes.standard().domains().contains(Subject.domain(node.domain()))
                    && !node.domain().equals("com.microsoft")) {
                custom.set(true);
            }
        });
        return custom.get();
    }

    private static void node(Subject s, Node node, boolean custom) {
        boolean number = node.attrs().has("num_outputs");
        boolean sizes = node.input(1).isPresent();
        if (number && sizes) {
            s.error("split-number", "both the sizes of the parts and num_outputs are given", node);
        } else if (!number && !sizes) {
            String sentence = "neither the sizes of the parts nor num_outputs are given";
            // ONNX Runtime looks only where it knows the extent when it loads the model, and cuts evenly elsewhere.
            if (extentKnown(s, node) && !custom) {
                s.error("split-number", sentence, node);
            } else {
                s.warning("split-number", sentence, node);
            }
        }
    }

    private static boolean extentKnown(Subject s, Node node) {
        ValueId whole = node.input(0);
        if (!whole.isPresent() || !(s.inference().type(whole).shape() instanceof Shape.Ranked(List<Dim> dims))) {
            return false;
        }
        long axis = node.attrs().intOr("axis", 0);
        long at = axis < 0 ? axis + dims.size() : axis;
        return at >= 0 && at < dims.size() && dims.get((int) at) instanceof Dim.Fixed;
    }
}
