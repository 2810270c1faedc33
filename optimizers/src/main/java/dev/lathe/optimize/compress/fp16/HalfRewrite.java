package dev.lathe.optimize.compress.fp16;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.optimize.rewrite.Leftovers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rewrite of [Fp16], graph by graph. Every float32 value keeps its id and name where anybody still reads
/// it; its half is a value of its own. So nodes that stay, nested graphs and callers need no change, and a
/// conversion stands only where a half meets a reader of floats, or the other way round.
final class HalfRewrite {
    private final PassContext context;
    private final Constants constants;
    private final HalfChoice choice;
    private final boolean keepIo;
    private final Model model;
    private final Set<ValueId> converted = new HashSet<>();
    private final Map<ValueId, ValueId> shared = new HashMap<>();

    HalfRewrite(Model model, PassContext context) {
        this.model = model;
        this.context = context;
        this.constants = Constants.of(model);
        this.choice = new HalfChoice(model, constants, context);
        this.keepIo = context.flag("keep-io");
    }

    /// Gives each constant that nested graphs read in half precision its half, once, where the constant is.
    Graph shareConstants(Graph graph, IdSpace ids) {
        Editor edit = graph.edit(ids);
        for (Node n : graph.nodes()) {
            for (Graph nested : n.subgraphs()) {
                nested.forEachGraph(g -> {
                    for (Node inner : g.nodes()) {
                        choice.operator(g, inner).ifPresent(op -> share(graph, edit, inner, op));
                    }
                });
            }
        }
        return edit.commit();
    }

    private void share(Graph owner, Editor edit, Node reader, OpSpec op) {
        for (int i = 0; i < reader.inputs().size(); i++) {
            ValueId in = reader.input(i);
            if (owner.value(in).isPresent()
                    && constants.has(in)
                    && choice.isFloat(in)
                    && choice.becomesHalf(op, i)
                    && !shared.containsKey(in)) {
                shared.put(
                        in,
                        edit.addInitializer(
                                owner.nameOf(in) + "_half",
                                HalfTensor.convert(constants.find(in).orElseThrow())));
                converted.add(in);
            }
        }
    }

    Graph apply(Graph graph, IdSpace ids) {
        InGraph in = new InGraph(graph, graph.edit(ids));
        in.knownHalves();
        Map<Node, OpSpec> chosen = new LinkedHashMap<>();
        for (Node n : graph.nodes()) {
            context.job().checkCancelled();
            choice.operator(graph, n).ifPresent(op -> chosen.put(n, op));
        }
        // Nested graphs keep the types that the node around them declares.
        boolean main = graph.inputs().equals(model.graph().inputs())
                && graph.outputs().equals(model.graph().outputs());
        if (main && !keepIo) {
            in.halveInputs();
        }
        int done = 0;
        for (Node n : graph.nodes()) {
            context.job().checkCancelled();
            context.job().progress((double) done++ / graph.nodes().size(), "halving · " + n.shownName());
            OpSpec op = chosen.get(n);
            if (op != null) {
                in.halve(n, op);
            } else {
                in.keep(n);
            }
        }
        return in.finish(main && !keepIo);
    }

    void remark() {
        if (choice.leftForCodes() > 0) {
            context.remarks()
                    .accept(Diagnostic.info(
                            "quantized-already",
                            choice.leftForCodes()
                                    + " nodes stay in float32: what they compute is quantized to 8 bits later, and a"
                                    + " rounding before that moves the codes",
                            new Place.InPass(Fp16.NAME)));
        }
        long vanished = choice.vanished(converted);
        if (vanished > 0) {
            context.remarks()
                    .accept(Diagnostic.info(
                            "vanished-weights",
                            vanished + " weights are smaller than half precision can hold and became 0",
                            new Place.InPass(Fp16.NAME)));
        }
    }

    private final class InGraph {
        private final Graph graph;
        private final Editor edit;
        private final Map<ValueId, ValueId> halves = new HashMap<>();
        /// Halves that are there before their float is.
        private final Map<ValueId, ValueId> sources = new HashMap<>();
        private final Set<ValueId> readAsFloat = new HashSet<>();
        private final Map<ValueId, Node> halvedProducers = new LinkedHashMap<>();
        private final Map<ValueId, Node> fills = new LinkedHashMap<>();
        private final List<Node> conversions = new ArrayList<>();
        private final List<ValueId> halvedInputs = new ArrayList<>();
        private boolean any;

        InGraph(Graph graph, Editor edit) {
            this.graph = graph;
            this.edit = edit;
        }

        /// Conversions that the graph has already: `y₁₆ = Cast(x₃₂)` and `x₃₂ = Cast(y₁₆)`.
        void knownHalves() {
            for (Node n : graph.nodes()) {
                if (n.op().equals("Cast") && Constants.isDefaultDomain(n.domain())) {
                    long to = n.attrs().intOr("to", 0);
                    if (to == DType.FLOAT16.onnxCode() && choice.isFloat(n.input(0))) {
                        halves.putIfAbsent(n.input(0), n.output(0));
                    } else if (to == DType.FLOAT32.onnxCode()
                            && choice.dtype(n.input(0))
                                    .filter(d -> d == DType.FLOAT16)
                                    .isPresent()) {
                        halves.put(n.output(0), n.input(0));
                        sources.put(n.output(0), n.input(0));
                        conversions.add(n);
                    }
                }
            }
        }

        void halveInputs() {
            List<ValueId> inputs = new ArrayList<>();
            for (ValueId in : graph.inputs()) {
                if (!choice.isFloat(in) || graph.initializer(in).isPresent()) {
                    inputs.add(in);
                    continue;
                }
                String name = graph.nameOf(in);
                edit.rename(in, name + "_float32");
                Shape shape = graph.value(in).orElseThrow().declared().shape();
                ValueId half = edit.addValue(name + "_half", ValueType.tensor(DType.FLOAT16, shape));
                edit.rename(half, name);
                inputs.add(half);
                halves.put(in, half);
                sources.put(in, half);
                halvedInputs.add(in);
                any = true;
            }
            edit.setInputs(inputs);
        }

        void halve(Node n, OpSpec op) {
            List<ValueId> inputs = new ArrayList<>();
            for (int i = 0; i < n.inputs().size(); i++) {
                ValueId in = n.input(i);
                boolean half = choice.isFloat(in) && choice.becomesHalf(op, i);
                inputs.add(half ? onlyLooks(n) ? sources.getOrDefault(in, in) : halfOf(in, n) : in);
                if (!inputs.getLast().isPresent() || inputs.getLast().equals(in)) {
                    readAsFloat.add(in);
                }
            }
            List<ValueId> outputs = new ArrayList<>();
            for (int i = 0; i < n.outputs().size(); i++) {
                ValueId out = n.output(i);
                if (!choice.outputBecomesHalf(op, n, i)) {
                    outputs.add(out);
                    continue;
                }
                ValueId half = edit.addValue(graph.nameOf(out) + "_half", halfType(out));
                // A conversion behind this node gave the half of its result until now: the node gives it itself.
                halves.put(out, half);
                sources.put(out, half);
                halvedProducers.put(out, n);
                outputs.add(half);
            }
            if (!inputs.equals(n.inputs()) || !outputs.equals(n.outputs())) {
                edit.replace(n.withInputs(inputs).withOutputs(outputs).withOrigin(origin(n)));
                any = true;
            }
        }

        /// As much as the file says of the float: a file that leaves types to inference does not grow by them.
        private ValueType halfType(ValueId of) {
            return graph.value(of)
                    .flatMap(v -> v.declared() instanceof ValueType.TensorType t
                            ? Optional.of(ValueType.tensor(DType.FLOAT16, t.shape()))
                            : Optional.empty())
                    .orElse(ValueType.unknown());
        }

        /// Shape and Size do not read the content: they take whichever there is.
        private static boolean onlyLooks(Node n) {
            return n.op().equals("Shape") || n.op().equals("Size");
        }

        void keep(Node n) {
            readAsFloat.addAll(n.inputs());
            n.subgraphs().forEach(g -> readAsFloat.addAll(g.captures()));
        }

        private ValueId halfOf(ValueId in, Node reader) {
            return halves.computeIfAbsent(in, v -> {
                boolean here = graph.value(v).isPresent();
                String name = (here
                                ? graph.nameOf(v)
                                : "outer_" + v.index() + "_" + reader.id().index()) + "_half";
                if (shared.containsKey(v)) {
                    return shared.get(v);
                }
                if (constants.has(v)) {
                    converted.add(v);
                    return edit.addInitializer(
                            name, HalfTensor.convert(constants.find(v).orElseThrow()));
                }
                ValueId half = edit.addValue(name, halfType(v));
                Optional<Node> fill =
                        graph.producer(v).filter(p -> HalfFill.number(p).isPresent());
                if (fill.isPresent()) {
                    fills.put(v, fill.get());
                    any = true;
                    return half;
                }
                edit.addBefore(reader.id(), cast(v, half, DType.FLOAT16, reader));
                readAsFloat.add(v);
                return half;
            });
        }

        private Node cast(ValueId from, ValueId to, DType dtype, Node of) {
            return Node.of(
                            edit.newNodeId(),
                            of.name().isEmpty() ? "" : of.name() + "_to_" + dtype.text() + suffix(of, from, to),
                            "Cast",
                            List.of(from),
                            List.of(to),
                            origin(of))
                    .withAttrs(Attrs.NONE.with("to", Attr.of(dtype.onnxCode())));
        }

        /// Node names are to be unique: a second conversion at the same node is told by its place.
        private static String suffix(Node of, ValueId from, ValueId to) {
            int at = Math.max(of.inputs().indexOf(from), of.outputs().indexOf(to));
            return at <= 0 ? "" : "_" + at;
        }

        private static Origin origin(Node n) {
            return new Origin.Derived(Fp16.NAME, List.of(n.origin()));
        }

        Graph finish(boolean halveOutputs) {
            List<ValueId> outputs = new ArrayList<>();
            for (ValueId out : graph.outputs()) {
                if (halveOutputs && halvedProducers.containsKey(out)) {
                    ValueId half = halves.getOrDefault(out, out);
                    String name = graph.nameOf(out);
                    edit.rename(out, name + "_float32");
                    edit.rename(half, name);
                    edit.declare(
                            half,
                            ValueType.tensor(
                                    DType.FLOAT16,
                                    graph.value(out).orElseThrow().declared().shape()));
                    outputs.add(half);
                } else {
                    readAsFloat.add(out);
                    outputs.add(out);
                }
            }
            if (!outputs.equals(graph.outputs())) {
                edit.setOutputs(outputs);
            }
            if (!any) {
                return Leftovers.drop(graph, converted);
            }
            halvedProducers.forEach((out, producer) -> {
                if (readAsFloat.contains(out)) {
                    insertAfter(producer, cast(halves.getOrDefault(out, out), out, DType.FLOAT32, producer));
                }
            });
            fills.forEach(this::fill);
            for (Node n : conversions) {
                if (!readAsFloat.contains(n.output(0))) {
                    edit.remove(n.id());
                }
            }
            for (ValueId in : halvedInputs) {
                if (readAsFloat.contains(in)) {
                    insertFirst(cast(
                            halves.getOrDefault(in, in),
                            in,
                            DType.FLOAT32,
                            graph.consumers(in).getFirst()));
                }
            }
            return Leftovers.drop(edit.commit(), converted);
        }

        /// The node makes the halves itself; where floats are read too, a second one does.
        private void fill(ValueId out, Node n) {
            boolean both = readAsFloat.contains(out);
            String name = n.name().isEmpty() ? "" : n.name() + "_as_" + DType.FLOAT16.text();
            Node half = both
                    ? Node.of(edit.newNodeId(), name, n.op(), n.inputs(), n.outputs(), n.origin())
                            .withAttrs(n.attrs())
                    : n;
            half = HalfFill.halved(half, halves.getOrDefault(out, out)).withOrigin(origin(n));
            if (both) {
                insertAfter(n, half);
            } else {
                edit.replace(half);
            }
        }

        private void insertAfter(Node producer, Node cast) {
            int next = graph.position(producer.id()) + 1;
            if (next < graph.nodes().size()) {
                edit.addBefore(graph.nodes().get(next).id(), cast);
            } else {
                edit.add(cast);
            }
        }

        private void insertFirst(Node cast) {
            edit.addBefore(graph.nodes().getFirst().id(), cast);
        }
    }
}
