package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.io.onnx.KeptNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The part of a model between two sets of tensors, as a model of its own: it computes the second from the
/// first.
///
/// Nodes keep their ids, names and origins, constants go with who uses them, and of the model-local
/// functions those that are called. Inputs of the whole model that the part needs beside the given tensors
/// become inputs of the part too.
public final class Cutout {
    private final Model model;
    private final Graph graph;
    private final Inference types;
    private final ValueNames names;

    private Cutout(Model model, Inference types) {
        this.model = model;
        this.graph = model.graph();
        this.types = types;
        this.names = ValueNames.of(graph);
    }

    /// @param types of the model with no sizes set, so that free dimensions stay free in the part
    /// @param from tensors of the main graph that the part takes instead of computing them
    /// @param to tensors of the main graph that it gives
    /// @throws LatheException when `to` is empty, a tensor is not of the main graph, one of `from`
    ///     leads to none of `to`, or the element type of one of them is not known
    public static Model between(Model model, Inference types, List<ValueId> from, List<ValueId> to)
            throws LatheException {
        return new Cutout(model, types).cut(new LinkedHashSet<>(from), new LinkedHashSet<>(to));
    }

    private Model cut(Set<ValueId> from, Set<ValueId> to) throws LatheException {
        if (to.isEmpty()) {
            throw new LatheException(
                    Diagnostic.error("cut-without-outputs", "a part must give at least one tensor", Place.nowhere()));
        }
        Set<Node> inside = new HashSet<>();
        Set<ValueId> used = new LinkedHashSet<>();
        walkBack(from, to, inside, used);
        for (ValueId id : from) {
            if (!used.contains(id)) {
                throw problem(id, "cut-input-unused", "none of the outputs of the part depends on it");
            }
        }
        Set<ValueId> inputs = new LinkedHashSet<>(from);
        graph.inputs().stream().filter(used::contains).forEach(inputs::add);
        Map<ValueId, Tensor> initializers = new LinkedHashMap<>();
        graph.initializers().forEach((id, tensor) -> {
            // A constant that the part is to take from outside is none of its own any more.
            if (used.contains(id) && !from.contains(id)) {
                initializers.put(id, tensor);
            }
        });
        IdSpace ids = model.newIds();
        Map<ValueId, Value> again = new LinkedHashMap<>();
        List<Node> nodes = graph.nodes().stream()
                .filter(inside::contains)
                .map(n -> withoutOutside(n, from, ids, again))
                .toList();
        Map<ValueId, Value> values = values(nodes, used, from, to, again);
        Set<String> there = names(values, id -> true);
        Set<String> made = names(values, id -> !from.contains(id));
        Graph part = new Graph(
                graph.name().isEmpty() ? "part" : graph.name(),
                graph.doc(),
                List.copyOf(inputs),
                List.copyOf(to),
                nodes,
                values,
                initializers,
                KeptNames.onlyOf(graph.extra(), there::contains, made::contains));
        return withCalledFunctions(model.withGraph(part));
    }

    private static Set<String> names(Map<ValueId, Value> values, Predicate<ValueId> which) {
        return values.values().stream()
                .filter(v -> which.test(v.id()))
                .map(Value::name)
                .collect(Collectors.toSet());
    }

    /// Everything that `to` needs, as far back as `from`.
    private void walkBack(Set<ValueId> from, Set<ValueId> to, Set<Node> inside, Set<ValueId> used) {
        Deque<ValueId> todo = new ArrayDeque<>(to);
        used.addAll(to);
        while (!todo.isEmpty()) {
            ValueId id = todo.remove();
            if (from.contains(id)) {
                continue;
            }
            Optional<Node> producer = graph.producer(id);
            if (producer.isEmpty() || !inside.add(producer.get())) {
                continue;
            }
            for (ValueId in : uses(producer.get())) {
                if (used.add(in)) {
                    todo.add(in);
                }
            }
        }
    }

    /// A node that is needed for another output still computes what the part takes from outside: under another name.
    private Node withoutOutside(Node n, Set<ValueId> from, IdSpace ids, Map<ValueId, Value> again) {
        if (n.outputs().stream().noneMatch(from::contains)) {
            return n;
        }
        List<ValueId> outputs = new ArrayList<>();
        for (ValueId o : n.outputs()) {
            if (from.contains(o)) {
                ValueId id = ids.value();
                // Names that are taken get a number where the part is written.
                again.put(id, Value.of(id, names.of(o) + "_here", ValueType.unknown()));
                outputs.add(id);
            } else {
                outputs.add(o);
            }
        }
        return n.withOutputs(outputs);
    }

    private static List<ValueId> uses(Node n) {
        List<ValueId> all =
                new ArrayList<>(n.inputs().stream().filter(ValueId::isPresent).toList());
        n.subgraphs().forEach(g -> all.addAll(g.captures()));
        return all;
    }

    private Map<ValueId, Value> values(
            List<Node> nodes, Set<ValueId> used, Set<ValueId> from, Set<ValueId> to, Map<ValueId, Value> again)
            throws LatheException {
        Set<ValueId> all = new LinkedHashSet<>(used);
        nodes.forEach(n -> n.outputs().stream().filter(ValueId::isPresent).forEach(all::add));
        Map<ValueId, Value> values = new LinkedHashMap<>(again);
        for (ValueId id : all) {
            Optional<Value> old = graph.value(id);
            if (old.isPresent()) {
                Value named = old.get().withName(names.of(id));
                values.put(id, from.contains(id) || to.contains(id) ? named.withDeclared(typeAtEnd(named)) : named);
            }
        }
        for (ValueId end : to) {
            if (!values.containsKey(end)) {
                throw problem(end, "cut-outside", "it is not a tensor of the main graph");
            }
        }
        return values;
    }

    private ValueType typeAtEnd(Value value) throws LatheException {
        ValueType inferred = types.type(value.id());
        ValueType type = inferred instanceof ValueType.UnknownType ? value.declared() : inferred;
        boolean open = type instanceof ValueType.UnknownType
                || type instanceof ValueType.TensorType t && t.dtype().isEmpty();
        if (open) {
            throw problem(value.id(), "cannot-cut-here", "its element type is not known, so it cannot be an end");
        }
        return type;
    }

    private Model withCalledFunctions(Model part) {
        Map<OperatorKey, Function> left = new HashMap<>();
        model.functions().forEach(f -> left.put(OperatorKey.of(f), f));
        // The hash of a function goes through the values of all its defaults.
        Set<Function> called = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Graph> todo = new ArrayDeque<>(List.of(part.graph()));
        while (!todo.isEmpty()) {
            todo.remove().forEachGraph(g -> {
                for (Node n : g.nodes()) {
                    Function f = left.remove(OperatorKey.of(n));
                    if (f != null) {
                        called.add(f);
                        todo.add(f.body());
                    }
                }
            });
        }
        return part.withFunctions(
                model.functions().stream().filter(called::contains).toList());
    }

    private LatheException problem(ValueId id, String code, String sentence) {
        return new LatheException(Diagnostic.error(code, sentence, new Place.AtValue(graph.nameOf(id))));
    }
}
