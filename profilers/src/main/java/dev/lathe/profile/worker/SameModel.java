package dev.lathe.profile.worker;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.data.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether two models read from the same file say the same. Careful: a doubt means no. Tensors that are slices of
/// the same file are compared by place, not by content.
final class SameModel {
    private final JobContext context;

    SameModel(JobContext context) {
        this.context = context;
    }

    boolean same(Model a, Model b) {
        return a.irVersion() == b.irVersion()
                && a.opsets().equals(b.opsets())
                && a.functions().isEmpty()
                && b.functions().isEmpty()
                && a.extra().equals(b.extra())
                && same(a.graph(), b.graph());
    }

    private boolean same(Graph a, Graph b) {
        context.checkCancelled();
        if (!a.inputs().equals(b.inputs())
                || !a.outputs().equals(b.outputs())
                || a.nodes().size() != b.nodes().size()
                || !new ArrayList<>(a.values()).equals(new ArrayList<>(b.values()))
                || !a.initializers().keySet().equals(b.initializers().keySet())) {
            return false;
        }
        for (int i = 0; i < a.nodes().size(); i++) {
            if (!same(a.nodes().get(i), b.nodes().get(i))) {
                return false;
            }
        }
        for (Map.Entry<ValueId, Tensor> e : a.initializers().entrySet()) {
            if (!b.initializer(e.getKey()).map(t -> same(e.getValue(), t)).orElse(false)) {
                return false;
            }
        }
        return true;
    }

    private boolean same(Node a, Node b) {
        return a == b
                || a.id().equals(b.id())
                        && a.name().equals(b.name())
                        && a.domain().equals(b.domain())
                        && a.op().equals(b.op())
                        && a.overload().equals(b.overload())
                        && a.inputs().equals(b.inputs())
                        && a.outputs().equals(b.outputs())
                        && a.extra().equals(b.extra())
                        && same(a.attrs(), b.attrs());
    }

    private boolean same(Attrs a, Attrs b) {
        List<Attrs.Entry> x = a.entries();
        List<Attrs.Entry> y = b.entries();
        if (x.size() != y.size()) {
            return false;
        }
        for (int i = 0; i < x.size(); i++) {
            if (!x.get(i).name().equals(y.get(i).name())
                    || !same(x.get(i).value(), y.get(i).value())) {
                return false;
            }
        }
        return true;
    }

    private boolean same(Attr a, Attr b) {
        if (a instanceof Attr.TensorAttr(Tensor s) && b instanceof Attr.TensorAttr(Tensor t)) {
            return same(s, t);
        }
        if (a instanceof Attr.GraphAttr(Graph s) && b instanceof Attr.GraphAttr(Graph t)) {
            return same(s, t);
        }
        return a.equals(b);
    }

    private static boolean same(Tensor a, Tensor b) {
        return a.dtype() == b.dtype()
                && a.dims().equals(b.dims())
                && a.extra().equals(b.extra())
                && same(a.data(), b.data());
    }

    private static boolean same(Weights a, Weights b) {
        if (a == b) {
            return true;
        }
        if (a instanceof Weights.Mapped m && b instanceof Weights.Mapped n) {
            return m.file().equals(n.file()) && m.offset() == n.offset() && m.byteSize() == n.byteSize();
        }
        if (a instanceof Weights.Heap(var s) && b instanceof Weights.Heap(var t)) {
            return s.byteSize() == t.byteSize() && s.mismatch(t) == -1;
        }
        return a.equals(b);
    }
}
