package dev.lathe.graph.analyze;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The parameters of a model: every initializer, and every tensor of a Constant node that holds what a model learns.
record Parameters(ShapeInference.Result types, Map<ValueId, Tensor> found) {

    static Parameters of(Model model, ShapeInference.Result types) {
        Map<ValueId, Tensor> found = new LinkedHashMap<>();
        List<Graph> bodies = new ArrayList<>(List.of(model.graph()));
        model.functions().forEach(f -> bodies.add(f.body()));
        bodies.forEach(b -> b.forEachGraph(g -> {
            found.putAll(g.initializers());
            for (Node n : g.nodes()) {
                if (n.op().equals("Constant")
                        && n.domain().isEmpty()
                        && !n.outputs().isEmpty()) {
                    constant(n, found);
                }
            }
        }));
        return new Parameters(types, found);
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
    Collection<Tensor> all() {
        return found.values();
    }

    /// Those that a node works with, inside it too, and that no node before it has; `counted` has them afterwards.
    Collection<Tensor> first(Node node, Scope scope, Set<ValueId> counted) {
        Map<ValueId, Tensor> into = new LinkedHashMap<>();
        collect(node, scope, counted, into);
        return into.values();
    }

    private void collect(Node node, Scope scope, Set<ValueId> counted, Map<ValueId, Tensor> into) {
        for (ValueId in : node.inputs()) {
            Tensor own = found.get(in);
            if (own != null && counted.add(in)) {
                into.put(in, own);
            }
        }
        for (Graph g : node.subgraphs()) {
            g.nodes().forEach(n -> collect(n, scope, counted, into));
        }
        types.function(node)
                .ifPresent(f -> scope.call(node.id())
                        .ifPresent(inside -> f.body().nodes().forEach(n -> collect(n, inside, counted, into))));
    }
}
