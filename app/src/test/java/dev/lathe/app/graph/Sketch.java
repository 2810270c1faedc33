package dev.lathe.app.graph;

import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.data.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds small graphs by hand for tests of the canvas: inputs are named, everything else follows.
final class Sketch {
    private final Map<String, ValueId> ids = new LinkedHashMap<>();
    private final Map<ValueId, Value> values = new LinkedHashMap<>();
    private final Map<ValueId, Tensor> weights = new LinkedHashMap<>();
    private final List<ValueId> inputs = new ArrayList<>();
    private final List<ValueId> outputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    private ValueId id(String name) {
        return ids.computeIfAbsent(name, n -> {
            ValueId v = new ValueId(ids.size());
            values.put(v, Value.of(v, n, ValueType.tensor(DType.FLOAT32, Shape.of(1, 8))));
            return v;
        });
    }

    Sketch input(String name) {
        inputs.add(id(name));
        return this;
    }

    Sketch output(String name) {
        outputs.add(id(name));
        return this;
    }

    Sketch weight(String name, long... dims) {
        List<Long> d = new ArrayList<>();
        long n = 4;
        for (long x : dims) {
            d.add(x);
            n *= x;
        }
        weights.put(id(name), Tensor.of(DType.FLOAT32, d, new Weights.Missing(n, "sketch")));
        return this;
    }

    /// A node `name` of operator `op`; its output is called `out`.
    Sketch node(String name, String op, String out, String... in) {
        NodeId me = new NodeId(nodes.size());
        nodes.add(Node.of(
                me,
                name,
                op,
                java.util.Arrays.stream(in).map(this::id).toList(),
                List.of(id(out)),
                new Origin.Imported(me, name)));
        return this;
    }

    Graph graph() {
        return new Graph("sketch", "", inputs, outputs, nodes, values, weights, Extra.NONE);
    }

    Analysis analysis() {
        Model m = new Model(
                "ONNX",
                Optional.empty(),
                8,
                Map.of("", 17L),
                "",
                "",
                "",
                0,
                "",
                Map.of(),
                graph(),
                List.of(),
                Extra.NONE);
        return Analysis.of(m, DimBindings.NONE, JobContext.quiet());
    }

    /// `n` blocks of four layers each behind each other, named as PyTorch's exporter names them.
    static Sketch blocks(int n) {
        Sketch s = new Sketch().input("x");
        String at = "x";
        for (int b = 0; b < n; b++) {
            String p = "/net/block." + b;
            s.weight("w" + b + "a", 8, 8).weight("w" + b + "b", 8, 8).weight("w" + b + "c", 8, 8);
            s.node(p + "/left/MatMul", "MatMul", "l" + b, at, "w" + b + "a");
            s.node(p + "/right/MatMul", "MatMul", "r" + b, at, "w" + b + "b");
            s.node(p + "/join/MatMul", "MatMul", "j" + b, "l" + b, "r" + b);
            s.node(p + "/join/Relu", "Relu", "k" + b, "j" + b);
            s.node(p + "/out/MatMul", "MatMul", "o" + b, "k" + b, "w" + b + "c");
            s.node(p + "/Add", "Add", "a" + b, "o" + b, at);
            at = "a" + b;
        }
        return s.output(at);
    }

    /// A chain of `n` nodes without any names.
    static Sketch nameless(int n) {
        Sketch s = new Sketch().input("x");
        String at = "x";
        for (int i = 0; i < n; i++) {
            s.node("", i % 3 == 2 ? "Relu" : "Conv", String.valueOf(i), at);
            at = String.valueOf(i);
        }
        return s.output(at);
    }
}
