package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The nodes of a model, nested graphs included, that depend on constants alone; `results` are those of their
/// outputs that the rest of the model reads.
final class ConstantPart {
    /// A larger narrow tensor that is widened is a compressed weight, not a computation to do ahead.
    private static final long LARGEST_TO_WIDEN = 1024;

    /// Never folded: they unpack compressed weights, or give what is no tensor.
    private static final Set<String> KEPT = Set.of(
            "Constant",
            "DequantizeLinear",
            "QuantizeLinear",
            "DynamicQuantizeLinear",
            "SequenceConstruct",
            "SequenceEmpty",
            "SplitToSequence",
            "Optional");

    private final Model model;
    private final Constants constants;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<ValueId> made = new HashSet<>();
    private final Set<ValueId> results = new LinkedHashSet<>();
    private final Map<ValueId, Set<ValueId>> leaves = new HashMap<>();
    private final Set<ValueId> readElsewhere = new HashSet<>();

    private ConstantPart(Model model) {
        this.model = model;
        this.constants = Constants.of(model);
    }

    /// @param refused nodes that are not to be part of it
    static ConstantPart of(Model model, Set<NodeId> refused) {
        ConstantPart part = new ConstantPart(model);
        part.collect(model.graph(), refused);
        part.findResults(model.graph());
        return part;
    }

    List<Node> nodes() {
        return nodes;
    }

    Set<ValueId> results() {
        return results;
    }

    /// Bytes of the weights that only this result's computation reads: they go when it is folded.
    long freedBy(ValueId result) {
        return leaves.getOrDefault(result, Set.of()).stream()
                .filter(v -> !readElsewhere.contains(v))
                .flatMap(v -> constants.find(v).stream())
                .mapToLong(t -> t.data().byteSize())
                .sum();
    }

    Freed freed() {
        return new Freed();
    }

    /// Bytes of weights that go when results are folded, each counted for one result only.
    final class Freed {
        private final Map<ValueId, Long> left = new HashMap<>();

        /// Takes up to `wanted` bytes for this result; gives how many there were.
        long take(ValueId result, long wanted) {
            long taken = 0;
            for (ValueId v : leaves.getOrDefault(result, Set.of())) {
                if (taken < wanted && !readElsewhere.contains(v)) {
                    long have = left.computeIfAbsent(
                            v,
                            k -> constants.find(k).map(t -> t.data().byteSize()).orElse(0L));
                    long part = Math.min(have, wanted - taken);
                    left.put(v, have - part);
                    taken += part;
                }
            }
            return taken;
        }
    }

    private void collect(Graph graph, Set<NodeId> refused) {
        for (Node n : graph.nodes()) {
            n.subgraphs().forEach(g -> collect(g, refused));
            if (!refused.contains(n.id()) && foldable(graph, n)) {
                nodes.add(n);
                made.addAll(n.outputs());
                Set<ValueId> from = new LinkedHashSet<>();
                for (ValueId in : n.inputs()) {
                    if (in.isPresent()) {
                        from.addAll(leaves.getOrDefault(in, Set.of(in)));
                    }
                }
                n.outputs().forEach(o -> leaves.put(o, from));
            }
        }
    }

    private boolean foldable(Graph graph, Node n) {
        return Purity.isPure(model, n)
                && !KEPT.contains(n.op())
                && n.inputs().stream().anyMatch(ValueId::isPresent)
                && n.inputs().stream().allMatch(in -> !in.isPresent() || made.contains(in) || usable(in))
                && n.outputs().stream().noneMatch(graph::isOutput)
                && !widensWeight(n);
    }

    private boolean usable(ValueId in) {
        return constants.find(in).filter(t -> t.data().isPresent()).isPresent();
    }

    private boolean widensWeight(Node n) {
        if (!Purity.is(n, "Cast")) {
            return false;
        }
        int to = DType.ofOnnxCode((int) n.attrs().intOr("to", 0))
                .map(DType::bits)
                .orElse(0);
        return leaves.getOrDefault(n.input(0), Set.of(n.input(0))).stream()
                .flatMap(v -> constants.find(v).stream())
                .anyMatch(t -> t.elements() > LARGEST_TO_WIDEN && t.dtype().bits() < to);
    }

    private void findResults(Graph graph) {
        Set<NodeId> mine = new HashSet<>();
        nodes.forEach(n -> mine.add(n.id()));
        graph.forEachGraph(g -> {
            readElsewhere.addAll(g.outputs());
            for (Node n : g.nodes()) {
                if (!mine.contains(n.id())) {
                    readElsewhere.addAll(n.inputs());
                }
            }
        });
        made.stream()
                .filter(v -> v.isPresent() && readElsewhere.contains(v))
                .sorted()
                .forEach(results::add);
    }

    /// Runs the part and gives every result; one that is no dense tensor is left out.
    Map<ValueId, Tensor> run(PassContext context) throws LatheException {
        try (Scratch scratch = Scratch.open()) {
            Path file = scratch.file("constants.onnx");
            Formats.export(asModel(), file, context.job());
            try (Session session = context.runner()
                    .open(
                            file,
                            Scratch.PLAIN_CPU,
                            SessionConfig.of(1).withLevel(SessionConfig.Level.NONE),
                            context.job())) {
                Map<String, HostTensor> outputs = session.run(Map.of());
                Map<ValueId, Tensor> tensors = new LinkedHashMap<>();
                for (ValueId v : results) {
                    HostTensor t = outputs.get(nameOf(v));
                    if (t != null) {
                        tensors.put(v, kept(t));
                    }
                }
                return tensors;
            }
        }
    }

    private static Tensor kept(HostTensor t) {
        return t.dtype() == DType.STRING
                ? Tensor.of(DType.STRING, t.dims(), new Weights.Strings(t.strings()))
                : Tensor.of(
                        t.dtype(),
                        t.dims(),
                        Weights.Heap.of(t.bytes().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)));
    }

    private static String nameOf(ValueId v) {
        return "v" + v.index();
    }

    private Model asModel() {
        Map<ValueId, Value> values = new LinkedHashMap<>();
        Map<ValueId, Tensor> weights = new LinkedHashMap<>();
        for (Node n : nodes) {
            for (ValueId in : n.inputs()) {
                if (in.isPresent() && !made.contains(in)) {
                    weights.put(in, constants.find(in).orElseThrow());
                    values.put(in, Value.of(in, nameOf(in), ValueType.unknown()));
                }
            }
            for (ValueId out : n.outputs()) {
                if (out.isPresent()) {
                    values.put(out, Value.of(out, nameOf(out), ValueType.unknown()));
                }
            }
        }
        Graph graph = new Graph("constants", "", List.of(), List.copyOf(results), nodes, values, weights, Extra.NONE);
        return new Model(
                "ONNX",
                Optional.empty(),
                Math.max(model.irVersion(), 4),
                model.opsets(),
                "lathe",
                "",
                "",
                0,
                "",
                Map.of(),
                graph,
                List.of(),
                Extra.NONE);
    }
}
