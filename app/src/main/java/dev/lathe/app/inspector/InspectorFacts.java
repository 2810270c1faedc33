package dev.lathe.app.inspector;

import dev.lathe.app.layers.LayerNames;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.project.ModelTitle;
import dev.lathe.app.project.SourceKind;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.app.ui.Numbers;
import dev.lathe.core.OneLine;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Gathers what the inspector says about a layer, a block or a model from its analysis and measurement.
record InspectorFacts(Analysis analysis, LayerTimes times) {

    /// A node and the graph that it stands in: the model's own or a body of If, Loop or Scan.
    record Placed(Graph graph, Node node) {}

    Optional<Placed> find(NodeId id) {
        List<Placed> found = new ArrayList<>();
        analysis.model().graph().forEachGraph(g -> g.node(id).ifPresent(n -> found.add(new Placed(g, n))));
        return found.stream().findFirst();
    }

    InspectorState layer(
            Placed placed,
            Inspected.Layer layer,
            Optional<InspectorState.WeightTensor> weight,
            Optional<ProfileRun> run) {
        Graph graph = placed.graph();
        Node node = placed.node();
        List<InspectorState.TensorRow> tensors = new ArrayList<>();
        int given = 0;
        int weights = 0;
        for (ValueId in : node.inputs()) {
            if (in.isPresent()) {
                boolean constant = constant(graph, in).isPresent();
                int number = constant ? ++weights : ++given;
                tensors.add(tensor((constant ? "weight " : "input ") + number, graph, in));
            }
        }
        int made = 0;
        for (ValueId out : node.outputs()) {
            if (out.isPresent()) {
                tensors.add(tensor("output " + ++made, graph, out));
            }
        }
        NodeCost cost = analysis.costs().once(node.id());
        Optional<OpStats> stats = times.of(node.id());
        String shown = layer.name().isEmpty() ? LayerNames.shown(node) : layer.name();
        return new InspectorState.LayerState(
                lastParts(shown),
                shown,
                node.qualifiedOp(),
                graph.position(node.id()) + 1,
                stats.map(s -> timeOf(layer.together())),
                together(graph, node, layer.together()),
                tensors,
                work(cost),
                attributes(node.attrs()),
                weight,
                Math.max(0, weights - 1),
                stats.map(s -> measured(cost, s)),
                run.map(r -> copies(r, layer.together())).orElse(List.of()));
    }

    /// What is copied between devices on its way out of these nodes, or to them.
    private List<Transfer> copies(ProfileRun run, List<NodeId> nodes) {
        Graph graph = analysis.model().graph();
        return TensorCopy.inSource(graph, run).stream()
                .filter(c -> graph.producer(c.value())
                                .filter(n -> nodes.contains(n.id()))
                                .isPresent()
                        || c.takers().stream().anyMatch(nodes::contains))
                .map(TensorCopy::copy)
                .toList();
    }

    /// The other operators of the layer in words, e.g. `Add, Reshape`; empty when it is one node.
    private static String together(Graph graph, Node head, List<NodeId> nodes) {
        return String.join(
                ", ",
                nodes.stream()
                        .filter(n -> !n.equals(head.id()))
                        .flatMap(n -> graph.node(n).stream())
                        .map(Node::op)
                        .distinct()
                        .toList());
    }

    InspectorState block(String path, List<NodeId> nodes) {
        return new InspectorState.BlockState(
                path.substring(path.lastIndexOf('/') + 1),
                path.startsWith("/") ? path.substring(1).replace('/', '.') : path,
                nodes.size(),
                times.measured() ? Optional.of(timeOf(nodes)) : Optional.empty(),
                workOf(nodes),
                sum(nodes, NodeCost::parameters),
                sum(nodes, NodeCost::parameterBytes),
                byOp(nodes));
    }

    InspectorState model(ModelTitle title, Optional<ProfileRun> run) {
        Model m = analysis.model();
        Graph g = m.graph();
        boolean read = SourceKind.of(m).isRead();
        List<NodeId> all = new ArrayList<>();
        g.forEachGraph(part -> part.nodes().forEach(n -> all.add(n.id())));
        List<InspectorState.TensorRow> edges = new ArrayList<>();
        g.requiredInputs().forEach(i -> edges.add(tensor("input", g, i)));
        g.outputs().forEach(o -> edges.add(tensor("output", g, o)));
        List<InspectorState.Fact> dims = new ArrayList<>();
        new TreeMap<>(analysis.dims().sizes())
                .forEach((name, size) -> dims.add(new InspectorState.Fact(name, Long.toString(size), "")));
        return new InspectorState.ModelState(
                title.name(),
                title.from(),
                g.nodes().size(),
                all.size(),
                times.latency().map(l -> l.p50()),
                file(m),
                edges,
                dims,
                read ? analysis.costs().total().parameters().fixed() : OptionalLong.empty(),
                read ? analysis.costs().total().parameterBytes().fixed() : OptionalLong.empty(),
                read ? analysis.liveness().peakBytes().fixed() : OptionalLong.empty(),
                analysis.liveness().foldedBytes(),
                read
                        ? work(analysis.costs().total())
                        : work(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
                byOp(all),
                run.filter(r -> r.latency().runs() > 0).map(InspectorFacts::runs),
                run.map(ProfileRun::transfers).orElse(List.of()),
                m.metadata());
    }

    private static InspectorState.Runs runs(ProfileRun run) {
        return new InspectorState.Runs(
                run.runTimes(),
                run.latency(),
                run.plan().target().threads(),
                run.plan().target().device().name(),
                run.brokenOff(),
                run.conditions().energy());
    }

    private static List<InspectorState.Fact> file(Model m) {
        List<InspectorState.Fact> facts = new ArrayList<>();
        boolean versions = m.irVersion() > 0;
        facts.add(new InspectorState.Fact("format", m.format() + (versions ? " · IR " + m.irVersion() : ""), ""));
        if (versions) {
            facts.add(new InspectorState.Fact("opset", Long.toString(m.opset()), ""));
        }
        m.opsets().forEach((domain, version) -> {
            if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
                facts.add(new InspectorState.Fact("opset", domain + " " + version, ""));
            }
        });
        String producer = (m.producerName() + " " + m.producerVersion()).strip();
        if (!producer.isEmpty()) {
            facts.add(new InspectorState.Fact("producer", producer, ""));
        }
        String graph = m.graph().name();
        if (!graph.isEmpty()) {
            facts.add(new InspectorState.Fact("graph name", OneLine.of(graph), ""));
        }
        if (!m.functions().isEmpty()) {
            facts.add(new InspectorState.Fact(
                    "functions", Integer.toString(m.functions().size()), ""));
        }
        return facts;
    }

    /// The layer's largest constant input: what its weights are, as against a bias.
    Optional<ValueId> largestWeight(Placed placed) {
        return placed.node().inputs().stream()
                .filter(i -> elements(placed, i) > 1)
                .max(Comparator.comparingLong(i -> elements(placed, i)));
    }

    private long elements(Placed placed, ValueId id) {
        return constant(placed.graph(), id).map(Tensor::elements).orElse(0L);
    }

    /// A body takes constants of the graph around it too.
    Optional<Tensor> constant(Graph graph, ValueId id) {
        return graph.initializer(id).or(() -> analysis.model().graph().initializer(id));
    }

    private InspectorState.TensorRow tensor(String role, Graph graph, ValueId id) {
        ValueType type = constant(graph, id).map(Tensor::type).orElseGet(() -> analysis.type(id));
        Optional<DType> dtype = type.dtype();
        OptionalLong elements = type.shape().elements();
        OptionalLong bytes = dtype.isPresent() && elements.isPresent()
                ? OptionalLong.of(dtype.get().bytesFor(elements.getAsLong()))
                : OptionalLong.empty();
        return new InspectorState.TensorRow(role, graph.nameOf(id), dims(type), dtype, bytes);
    }

    private static String dims(ValueType type) {
        if (!(type instanceof ValueType.TensorType)) {
            return type instanceof ValueType.UnknownType ? "—" : type.toString();
        }
        return Numbers.shape(type.shape());
    }

    private InspectorState.Time timeOf(Collection<NodeId> nodes) {
        Duration sum = Duration.ZERO;
        for (NodeId n : nodes) {
            sum = sum.plus(times.time(n));
        }
        long hottest = times.layers().values().stream()
                .mapToLong(l -> l.typical().toNanos())
                .max()
                .orElse(0);
        double heat = hottest == 0 ? 0 : Math.min(1, (double) sum.toNanos() / hottest);
        return new InspectorState.Time(sum, times.share(sum), heat);
    }

    private InspectorState.Work workOf(Collection<NodeId> nodes) {
        OptionalLong flops = sum(nodes, NodeCost::flops);
        OptionalLong read = sum(nodes, NodeCost::bytesRead);
        OptionalLong written = sum(nodes, NodeCost::bytesWritten);
        return work(flops, read, written);
    }

    private static InspectorState.Work work(NodeCost cost) {
        return work(
                cost.flops().fixed(),
                cost.bytesRead().fixed(),
                cost.bytesWritten().fixed());
    }

    private static InspectorState.Work work(OptionalLong flops, OptionalLong read, OptionalLong written) {
        OptionalLong bytes = read.isPresent() && written.isPresent()
                ? OptionalLong.of(read.getAsLong() + written.getAsLong())
                : OptionalLong.empty();
        OptionalDouble intensity = flops.isPresent() && bytes.isPresent() && bytes.getAsLong() > 0
                ? OptionalDouble.of((double) flops.getAsLong() / bytes.getAsLong())
                : OptionalDouble.empty();
        return new InspectorState.Work(flops, bytes, intensity);
    }

    private OptionalLong sum(Collection<NodeId> nodes, java.util.function.Function<NodeCost, Dim> amount) {
        long sum = 0;
        for (NodeId n : nodes) {
            OptionalLong one = amount.apply(analysis.costs().of(n)).fixed();
            if (one.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += one.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static InspectorState.Measured measured(NodeCost cost, OpStats stats) {
        InspectorState.Work work = work(cost);
        return new InspectorState.Measured(
                stats, rate(work.flops(), stats.typical()), rate(work.bytes(), stats.typical()), work.intensity());
    }

    /// `amount` per second.
    private static OptionalDouble rate(OptionalLong amount, Duration time) {
        return amount.isPresent() && amount.getAsLong() > 0 && !time.isZero()
                ? OptionalDouble.of(amount.getAsLong() * 1e9 / time.toNanos())
                : OptionalDouble.empty();
    }

    private List<InspectorState.OpShare> byOp(Collection<NodeId> nodes) {
        Map<NodeId, Node> all = new HashMap<>();
        analysis.model().graph().forEachGraph(g -> g.nodes().forEach(n -> all.put(n.id(), n)));
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Duration> spent = new HashMap<>();
        Duration sum = Duration.ZERO;
        for (NodeId id : nodes) {
            Node n = all.get(id);
            if (n != null) {
                counts.merge(n.op(), 1, Integer::sum);
                spent.merge(n.op(), times.time(id), Duration::plus);
                sum = sum.plus(times.time(id));
            }
        }
        boolean timed = !sum.isZero();
        List<InspectorState.OpShare> shares = new ArrayList<>();
        for (String op : counts.keySet()) {
            int count = counts.getOrDefault(op, 0);
            Duration time = spent.getOrDefault(op, Duration.ZERO);
            double part = timed ? (double) time.toNanos() / sum.toNanos() : (double) count / Math.max(1, nodes.size());
            shares.add(new InspectorState.OpShare(op, count, timed ? Optional.of(time) : Optional.empty(), part));
        }
        shares.sort(Comparator.comparingDouble(InspectorState.OpShare::part)
                .reversed()
                .thenComparing(InspectorState.OpShare::op));
        return shares;
    }

    private static List<InspectorState.Fact> attributes(Attrs attrs) {
        return attrs.entries().stream()
                .map(e -> new InspectorState.Fact(e.name(), words(e.value()), ""))
                .toList();
    }

    private static String words(Attr attr) {
        return switch (attr) {
            case Attr.IntAttr(long v) -> Long.toString(v);
            case Attr.FloatAttr(float v) -> Float.toString(v);
            case Attr.StringAttr(String v, boolean binary) -> binary ? v.length() + " bytes" : v;
            case Attr.IntsAttr(List<Long> v) -> v.toString();
            case Attr.FloatsAttr(List<Float> v) -> v.size() <= 8 ? v.toString() : v.size() + " numbers";
            case Attr.StringsAttr(List<String> v) -> v.size() <= 4 ? v.toString() : v.size() + " strings";
            case Attr.TensorAttr(Tensor t) ->
                t.type() + " · " + Numbers.bytes(t.data().byteSize());
            case Attr.TensorsAttr(List<Tensor> t) -> t.size() + " tensors";
            case Attr.GraphAttr(Graph g) -> "graph of " + g.nodes().size() + " nodes";
            case Attr.GraphsAttr(List<Graph> g) -> g.size() + " graphs";
            case Attr.TypeAttr(ValueType t) -> t.toString();
            case Attr.RefAttr(String name, int type) -> "the caller's " + name;
            case Attr.OpaqueAttr o -> "kept as it is";
        };
    }

    /// `encoder.layer.2.intermediate.dense` → `intermediate.dense`: what tells a layer from its neighbours; a
    /// number says nothing without what it counts, so nothing is taken from there on.
    private static String lastParts(String path) {
        int last = path.lastIndexOf('.');
        int before = last < 0 ? -1 : path.lastIndexOf('.', last - 1);
        String two = path.substring(before + 1);
        return !two.isEmpty() && Character.isDigit(two.charAt(0)) ? path.substring(last + 1) : two;
    }
}
