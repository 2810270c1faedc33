package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.io.onnx.SparseConstants;
import dev.lathe.graph.io.onnx.TwofoldContent;

/// Constants have a name and one content; the indices of sparse ones lie in the tensor, each once and in order.
final class ConstantsRule implements Rule {
    @Override
    public void check(Subject s) {
        s.model().graph().forEachGraph(g -> graph(s, g));
        s.model().functions().forEach(f -> f.body().forEachGraph(g -> graph(s, g)));
    }

    private static void graph(Subject s, Graph graph) {
        graph.initializers().forEach((id, tensor) -> constant(s, graph, id, tensor));
        for (SparseConstants.Fault f : SparseConstants.faults(graph.extra())) {
            String sentence = "the sparse constant is malformed: " + f.sentence();
            if (f.accepted()) {
                s.warning("sparse-malformed", sentence, new Place.AtValue(f.tensor()));
            } else {
                s.error("sparse-malformed", sentence, new Place.AtValue(f.tensor()));
            }
        }
    }

    private static void constant(Subject s, Graph graph, ValueId id, Tensor tensor) {
        String name = graph.nameOf(id);
        if (name.isEmpty()) {
            // Nothing can use it; ONNX Runtime does not mind.
            s.warning(
                    "constant-unnamed",
                    "a constant of the graph '" + graph.name() + "' has no name",
                    new Place.AtValue(name));
        }
        if (TwofoldContent.isIn(tensor)) {
            s.error(
                    "content-twice",
                    "the constant's content is stored twice, as raw bytes and as numbers",
                    new Place.AtValue(name));
        }
    }
}
