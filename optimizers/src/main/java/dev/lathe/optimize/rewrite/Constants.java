package dev.lathe.optimize.rewrite;

import dev.lathe.graph.Attr;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.data.Weights;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tensors of a model that no caller can change: initializers and values of Constant nodes, nested graphs
/// included. An initializer that is also an input of the main graph is a default that callers may override,
/// except before IR 4, where files had to list every weight among the inputs.
public final class Constants {
    private final Map<ValueId, Tensor> tensors = new HashMap<>();

    private Constants() {}

    public static Constants of(Model model) {
        Constants c = new Constants();
        model.graph().forEachGraph(g -> {
            g.initializers().forEach(c.tensors::put);
            for (Node n : g.nodes()) {
                value(n).ifPresent(t -> c.tensors.put(n.output(0), t));
            }
        });
        if (model.irVersion() >= Modern.INITIALIZERS_NEED_NO_INPUT) {
            model.graph().inputs().forEach(c.tensors::remove);
        }
        return c;
    }

    public Optional<Tensor> find(ValueId id) {
        return Optional.ofNullable(tensors.get(id));
    }

    public boolean has(ValueId id) {
        return tensors.containsKey(id);
    }

    public Map<ValueId, Tensor> all() {
        return Collections.unmodifiableMap(tensors);
    }

    /// The tensor that a Constant node gives; empty for other nodes and for sparse values.
    public static Optional<Tensor> value(Node node) {
        if (!node.op().equals("Constant") || !isDefaultDomain(node.domain())) {
            return Optional.empty();
        }
        for (var e : node.attrs().entries()) {
            Optional<Tensor> t = tensor(e.value());
            if (t.isPresent()) {
                return t;
            }
        }
        return Optional.empty();
    }

    private static Optional<Tensor> tensor(Attr attr) {
        return switch (attr) {
            // What else stands in an attribute's tensor (its own name) would contradict the value's name.
            case Attr.TensorAttr(Tensor t) -> Optional.of(Tensor.of(t.dtype(), t.dims(), t.data()));
            case Attr.IntAttr(long v) -> Optional.of(Elements.int64(List.of(), new long[] {v}));
            case Attr.IntsAttr(List<Long> v) ->
                Optional.of(Elements.int64(
                        List.of((long) v.size()),
                        v.stream().mapToLong(Long::longValue).toArray()));
            case Attr.FloatAttr(float v) -> Optional.of(Elements.float32(List.of(), new float[] {v}));
            case Attr.FloatsAttr(List<Float> v) -> {
                float[] all = new float[v.size()];
                for (int i = 0; i < all.length; i++) {
                    all[i] = v.get(i);
                }
                yield Optional.of(Elements.float32(List.of((long) all.length), all));
            }
            case Attr.StringAttr(String v, boolean binary) ->
                binary
                        ? Optional.empty()
                        : Optional.of(Tensor.of(DType.STRING, List.of(), new Weights.Strings(List.of(v))));
            case Attr.StringsAttr(List<String> v) ->
                Optional.of(Tensor.of(DType.STRING, List.of((long) v.size()), new Weights.Strings(v)));
            case Attr.GraphAttr a -> Optional.empty();
            case Attr.GraphsAttr a -> Optional.empty();
            case Attr.TypeAttr a -> Optional.empty();
            case Attr.TensorsAttr a -> Optional.empty();
            case Attr.RefAttr a -> Optional.empty();
            case Attr.OpaqueAttr a -> Optional.empty();
        };
    }

    public static boolean isDefaultDomain(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }
}
