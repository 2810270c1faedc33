package dev.lathe.graph.analyze;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.io.onnx.SparseShapes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The parameters of a model: every initializer, and every tensor of a Constant node that holds what a model learns. A
/// sparse one counts as many as its shape has places, zeros too: runtimes unpack it, and it is the same network as with
/// the zeros stored.
///
/// `sparse` are those whose places cannot be counted.
record Parameters(ShapeInference.Result types, Map<ValueId, Tensor> found, Set<ValueId> sparse) {

    /// The parameters of a node or a model; those that are counted, and whether these are all.
    record Share(Collection<Tensor> tensors, boolean isAll) {}

    static Parameters of(Model model, ShapeInference.Result types) {
        Map<ValueId, Tensor> found = new LinkedHashMap<>();
        Set<ValueId> sparse = new HashSet<>();
        List<Graph> bodies = new ArrayList<>(List.of(model.graph()));
        model.functions().forEach(f -> bodies.add(f.body()));
        bodies.forEach(b -> b.forEachGraph(g -> {
            found.putAll(g.initializers());
            sparse(g, found, sparse);
            for (Node n : g.nodes()) {
                if (n.op().equals("Constant")
                        && n.domain().isEmpty()
                        && !n.outputs().isEmpty()) {
                    constant(n, found);
                }
            }
        }));
        return new Parameters(types, found, sparse);
    }

    private static void sparse(Graph graph, Map<ValueId, Tensor> found, Set<ValueId> unknown) {
        SparseWeights.used(graph).forEach((id, tensor) -> {
            tensor.ifPresent(t -> found.put(id, t));
            if (tensor.isEmpty()) {
                unknown.add(id);
            }
        });
        for (Node n : graph.nodes()) {
            if (n.op().equals("Constant")
                    && n.attrs().find("sparse_value").orElse(Attr.of(0)) instanceof Attr.OpaqueAttr(Extra wire)) {
                Optional<Tensor> tensor = SparseShapes.ofAttribute(wire);
                tensor.filter(Parameters::isLearnt).ifPresent(t -> found.put(n.output(0), t));
                if (tensor.isEmpty()) {
                    unknown.add(n.output(0));
                }
            }
        }
    }

    private static void constant(Node node, Map<ValueId, Tensor> into) {
        for (Attrs.Entry e : node.attrs().entries()) {
            if (e.value() instanceof Attr.TensorAttr(Tensor t)
                    && isLearnt(t)
                    && !t.dims().isEmpty()) {
                into.put(node.output(0), t);
            }
        }
    }

    /// Floating point and the quantized types: 32- and 64-bit integers in Constant nodes are shapes, axes and indices.
    private static boolean isLearnt(Tensor t) {
        DType d = t.dtype();
        return d.isFloat() || (d.bits() > 0 && d.bits() <= 16 && d != DType.BOOL);
    }

    /// Each once.
    Share all() {
        return new Share(found.values(), sparse.isEmpty());
    }

    /// What a count has been through.
    static final class Counted {
        private final Set<ValueId> tensors = new HashSet<>();
        /// Calls of functions, and whether all parameters in them can be counted.
        private final Map<Scope, Boolean> calls = new IdentityHashMap<>();
    }

    /// Those that a node works with, inside it too, and that no node before it has; `counted` has them afterwards.
    Share first(Node node, Scope scope, Counted counted) {
        Map<ValueId, Tensor> into = new LinkedHashMap<>();
        boolean isAll = collect(node, scope, counted, into);
        return new Share(into.values(), isAll);
    }

    private boolean collect(Node node, Scope scope, Counted counted, Map<ValueId, Tensor> into) {
        boolean isAll = true;
        for (ValueId in : node.inputs()) {
            isAll &= !sparse.contains(in);
            Tensor own = found.get(in);
            if (own != null && counted.tensors.add(in)) {
                into.put(in, own);
            }
        }
        for (Graph g : node.subgraphs()) {
            isAll &= collect(g, scope, counted, into);
        }
        Optional<Function> function = types.function(node);
        Optional<Scope> inside = scope.call(node.id());
        if (function.isPresent() && inside.isEmpty()) {
            return false;
        }
        if (function.isPresent()) {
            Boolean before = counted.calls.get(inside.get());
            boolean ofCall = before == null ? collect(function.get().body(), inside.get(), counted, into) : before;
            counted.calls.put(inside.get(), ofCall);
            isAll &= ofCall;
        }
        return isAll;
    }

    private boolean collect(Graph graph, Scope scope, Counted counted, Map<ValueId, Tensor> into) {
        boolean isAll = true;
        for (Node n : graph.nodes()) {
            isAll &= collect(n, scope, counted, into);
        }
        return isAll;
    }
}
