package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Leaf;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words on boxes: a layer's operator with the sizes that matter, a block's number of nodes.
final class Captions {
    private static final int OPERATORS = 4;

    private final Flow flow;

    Captions(Flow flow) {
        this.flow = flow;
    }

    /// The second line of a layer or node, e.g. `MatMul 384→1536 · 2.25 MiB`.
    String detail(Item item) {
        return switch (item) {
            case Leaf l -> operator(l.node());
            case Scope s -> s.isLayer() ? layer(s) : blocks(s);
        };
    }

    /// The second words of an open block.
    String opened(Scope s) {
        long shown = s.shownItems();
        return blocks(s) + " · " + shown + " shown";
    }

    private String blocks(Scope s) {
        int n = s.nodes().size();
        String nodes = Numbers.grouped(n) + (n == 1 ? " node" : " nodes");
        if (s.kind() != ScopeTree.Kind.PART) {
            return nodes;
        }
        // A part has no name that tells: its most frequent main operators do.
        Map<String, Integer> ops = new java.util.TreeMap<>();
        for (NodeId id : s.nodes()) {
            Node node = node(id);
            if (!Operators.isMinor(node)) {
                ops.merge(node.op(), 1, Integer::sum);
            }
        }
        String main = ops.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .limit(2)
                .map(e -> e.getKey() + " ×" + e.getValue())
                .collect(java.util.stream.Collectors.joining(", "));
        return main.isEmpty() ? nodes : main + " · " + nodes;
    }

    private String layer(Scope s) {
        Optional<String> main = s.head().map(this::operator);
        Map<String, Integer> rest = new LinkedHashMap<>();
        boolean whole = s.head().map(h -> Operators.isMinor(node(h))).orElse(true);
        for (NodeId id : s.nodes()) {
            Integer at = flow.number.get(id);
            if (at == null || flow.folded.get(at)) {
                continue;
            }
            Node n = flow.nodes.get(at);
            boolean told = !whole && (s.head().filter(id::equals).isPresent() || Operators.isView(n) || isBias(n));
            if (!told) {
                rest.merge(n.op().replace("Normalization", "Norm"), 1, Integer::sum);
            }
        }
        StringBuilder b = new StringBuilder(whole ? "" : main.orElse(""));
        int k = 0;
        for (String op : rest.keySet()) {
            if (k++ == OPERATORS) {
                b.append(" …");
                break;
            }
            b.append(b.isEmpty() ? "" : whole ? " " : " · ").append(op);
        }
        return b.toString();
    }

    private boolean isBias(Node n) {
        return n.op().equals("Add") && n.inputs().stream().anyMatch(flow::isConstant);
    }

    private Node node(NodeId id) {
        return flow.nodes.get(flow.number.getOrDefault(id, 0));
    }

    /// The operator with the sizes of its weight: `Conv 3×3 16→32`, `MatMul 384→1536`.
    private String operator(NodeId id) {
        Node n = node(id);
        Optional<Tensor> weight = Optional.empty();
        for (ValueId in : n.inputs()) {
            weight = weight.isPresent()
                    ? weight
                    : tensor(n, in).filter(t -> t.dims().size() >= 2);
        }
        String op = n.op();
        if (weight.isEmpty()) {
            return axis(n).map(a -> op + " axis " + a.toString().replace('-', '\u2212'))
                    .orElse(op);
        }
        List<Long> d = weight.get().dims();
        if (op.contains("Conv") && d.size() >= 3) {
            StringBuilder b = new StringBuilder(op).append(' ');
            for (int i = 2; i < d.size(); i++) {
                b.append(i > 2 ? "×" : "").append(d.get(i));
            }
            long groups = n.attrs().find("group").map(Captions::integer).orElse(1L);
            boolean transposed = op.contains("Transpose");
            long in = transposed ? d.get(0) : d.get(1) * groups;
            long out = transposed ? d.get(1) * groups : d.get(0);
            b.append(' ').append(in).append('→').append(out);
            return b.append(groups > 1 && groups == in ? " dw" : "").toString();
        }
        if (d.size() == 2 && (Operators.isMatrixProduct(n) || op.equals("Gemm"))) {
            boolean flipped = n.attrs().find("transB").map(Captions::integer).orElse(0L) == 1;
            return op + " " + d.get(flipped ? 1 : 0) + "→" + d.get(flipped ? 0 : 1);
        }
        if (d.size() == 2 && op.equals("Gather")) {
            return op + " " + Numbers.grouped(d.get(0)) + "×" + d.get(1);
        }
        return op;
    }

    private static long integer(Attr a) {
        return a instanceof Attr.IntAttr i ? i.value() : 0;
    }

    private Optional<Long> axis(Node n) {
        return n.op().contains("Softmax") || n.op().equals("Concat")
                ? n.attrs().find("axis").map(Captions::integer)
                : Optional.empty();
    }

    private Optional<Tensor> tensor(Node n, ValueId in) {
        Integer at = flow.number.get(n.id());
        Graph owner = at == null ? flow.graph : flow.owners.get(at);
        return owner.initializer(in).or(() -> flow.graph.initializer(in)).or(() -> constant(in));
    }

    private Optional<Tensor> constant(ValueId in) {
        int p = flow.producerOf(in);
        if (p < 0 || !flow.nodes.get(p).op().equals("Constant")) {
            return Optional.empty();
        }
        return flow.nodes
                .get(p)
                .attrs()
                .find("value")
                .flatMap(a -> a instanceof Attr.TensorAttr t ? Optional.of(t.value()) : Optional.empty());
    }
}
