package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.onnx.ExternalEntries;
import dev.lathe.graph.io.onnx.KeptNames;
import dev.lathe.graph.io.onnx.OddContent;
import dev.lathe.graph.io.onnx.SparseConstants;
import dev.lathe.graph.io.onnx.TwofoldContent;
import java.util.List;
import java.util.Optional;

/// Constants have a name and one content, which fits them and is what they are declared as; the indices of
/// sparse ones lie in the tensor, each once and in order.
final class ConstantsRule implements Rule {
    @Override
    public void check(Subject s) {
        s.model().graph().forEachGraph(g -> graph(s, g));
        s.model().functions().forEach(f -> f.body().forEachGraph(g -> graph(s, g)));
        s.forEachNode((node, graph, opsets) -> {
            for (Attrs.Entry e : node.attrs().entries()) {
                switch (e.value()) {
                    case Attr.TensorAttr(Tensor t) -> content(s, t, Subject.place(node), true);
                    case Attr.TensorsAttr(List<Tensor> all) ->
                        all.forEach(t -> content(s, t, Subject.place(node), true));
                    default -> {}
                }
            }
        });
    }

    private static void graph(Subject s, Graph graph) {
        graph.initializers().forEach((id, tensor) -> constant(s, graph, id, tensor));
        for (String name : KeptNames.constantsTwice(graph.extra())) {
            s.error(
                    "constant-twice",
                    "there is more than one constant of this name; the one that ONNX Runtime takes counts",
                    new Place.AtValue(name));
        }
        for (String name : KeptNames.sparseTwice(graph.extra())) {
            s.error("constant-twice", "there is more than one sparse constant of this name", new Place.AtValue(name));
        }
        for (SparseConstants.Fault f : SparseConstants.faults(graph.extra(), s.context())) {
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
        declared(s, graph, id, tensor);
        if (!tensor.extra().isEmpty() || !tensor.data().isPresent()) {
            boolean used = !graph.consumers(id).isEmpty() || graph.isOutput(id);
            content(s, tensor, new Place.AtValue(name), used);
            dataFile(s, tensor, new Place.AtValue(name));
        }
    }

    /// ONNX Runtime goes by the content, but takes nothing of another element type. For inputs see [DefaultsRule].
    private static void declared(Subject s, Graph graph, ValueId id, Tensor tensor) {
        Optional<Value> value = graph.value(id);
        if (graph.isInput(id)
                || value.isEmpty()
                || !(value.get().declared() instanceof ValueType.TensorType(Optional<DType> dtype, Shape shape))) {
            return;
        }
        boolean otherType = dtype.isPresent() && dtype.get() != tensor.dtype();
        if (otherType || differs(shape, tensor.dims())) {
            String sentence = "the constant is declared as " + value.get().declared() + ", but is " + tensor.type();
            Place at = new Place.AtValue(graph.nameOf(id));
            if (otherType) {
                s.error("constant-declared-otherwise", sentence, at);
            } else {
                s.warning("constant-declared-otherwise", sentence, at);
            }
        }
    }

    private static boolean differs(Shape declared, List<Long> dims) {
        if (!(declared instanceof Shape.Ranked(List<Dim> told))) {
            return false;
        }
        boolean differs = told.size() != dims.size();
        for (int i = 0; i < told.size() && !differs; i++) {
            differs = told.get(i) instanceof Dim.Fixed(long size) && size >= 0 && size != dims.get(i);
        }
        return differs;
    }

    private static void dataFile(Subject s, Tensor tensor, Place at) {
        List<String> unknown = ExternalEntries.unknown(tensor);
        if (!unknown.isEmpty()) {
            s.warning(
                    "external-data-unknown-key",
                    "its external data has the entry '" + String.join("', '", unknown)
                            + "', which is not the standard's; ONNX Runtime does not load such a model",
                    at);
        }
        if (ExternalEntries.isPrepacked(tensor)) {
            s.remark(
                    "external-data-prepacked",
                    "ONNX Runtime stored it a second time, prepacked for one processor; an export leaves that out",
                    at);
        }
    }

    private static void content(Subject s, Tensor tensor, Place at, boolean used) {
        if (OddContent.isIn(tensor) && tensor.data() instanceof Weights.Missing(long size, String reason)) {
            // ONNX Runtime drops unread what nothing uses; the standard's checker minds too little content, not too
            // much.
            if (!used && OddContent.isOnlyTooLong(tensor)) {
                s.warning("content-odd", "the content does not fit, and nothing uses it: " + reason, at);
            } else {
                s.error("content-odd", "the content does not fit: " + reason, at);
            }
        } else if (tensor.data() instanceof Weights.Missing m && !m.isLeftOut()) {
            s.error("content-missing", "it has no content: " + m.reason(), at);
        } else if (TwofoldContent.isIn(tensor)) {
            s.error("content-twice", "the content is stored twice, in two fields", at);
        }
    }
}
