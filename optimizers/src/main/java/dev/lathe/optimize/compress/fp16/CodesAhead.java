package dev.lathe.optimize.compress.fp16;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The values that a later quantization depends on, in all graphs of a model.
///
/// A rounding on the way to a quantization moves 8-bit codes, and each moved code is an error of a whole step:
/// rounding only the layer norm weights of an int8 decoder to halves took the cosine of its outputs to 0.90.
/// And nothing is gained: the weights of such a part are in 8 bits already.
final class CodesAhead {
    private static final Set<String> QUANTIZERS =
            Set.of("QuantizeLinear", "DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM", "Quant");

    private final Set<ValueId> values = new HashSet<>();

    private CodesAhead() {}

    static CodesAhead of(Model model) {
        CodesAhead ahead = new CodesAhead();
        ahead.walk(model.graph());
        return ahead;
    }

    /// Whether the node quantizes, or what it computes is quantized later.
    boolean after(Node n) {
        return QUANTIZERS.contains(n.op()) || n.outputs().stream().anyMatch(values::contains);
    }

    /// Ids are unique in a model, so what a nested graph captures is marked in the graph around it as well.
    private void walk(Graph graph) {
        for (Node n : graph.nodes().reversed()) {
            boolean feeds = after(n);
            for (Graph nested : n.subgraphs()) {
                if (feeds) {
                    values.addAll(nested.outputs());
                }
                walk(nested);
                // What a body hands to its next turn comes out of it first.
                if (reachesInputs(nested)) {
                    values.addAll(nested.outputs());
                    walk(nested);
                    feeds = true;
                }
            }
            if (feeds) {
                addInputs(n);
            }
        }
    }

    private boolean reachesInputs(Graph body) {
        return body.inputs().stream().anyMatch(values::contains);
    }

    private void addInputs(Node n) {
        List<ValueId> present = n.inputs().stream().filter(ValueId::isPresent).toList();
        values.addAll(present);
    }
}
