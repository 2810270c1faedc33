package dev.lathe.optimize.partition;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.target.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds the model of one stage. One use.
final class StageBuilder {
    private final Model model;
    private final Graph graph;
    private final Analysis analysis;
    private final Stage stage;
    private final Map<NodeId, Integer> stageOf;
    private final Set<Node> constant;
    private final ValueNames names;
    private final int stages;

    private final List<Node> nodes = new ArrayList<>();
    private final Set<ValueId> made = new HashSet<>();
    private final Set<ValueId> used = new LinkedHashSet<>();

    StageBuilder(
            Model model,
            Analysis analysis,
            Stage stage,
            Map<NodeId, Integer> stageOf,
            Set<Node> constant,
            ValueNames names,
            int stages) {
        this.model = model;
        this.graph = model.graph();
        this.analysis = analysis;
        this.stage = stage;
        this.stageOf = stageOf;
        this.constant = constant;
        this.names = names;
        this.stages = stages;
    }

    StageModel build() throws LatheException {
        collect();
        List<ValueId> modelOutputs = new ArrayList<>();
        for (ValueId out : graph.outputs()) {
            if (ownOutput(out)) {
                modelOutputs.add(out);
                used.add(out);
            }
        }
        List<ValueId> carriedOut = new ArrayList<>();
        for (Node n : nodes) {
            for (ValueId out : n.outputs()) {
                if (!constant.contains(n) && usedLater(out)) {
                    carriedOut.add(out);
                }
            }
        }
        Map<ValueId, Tensor> initializers = new LinkedHashMap<>();
        graph.initializers().forEach((id, t) -> {
            if (used.contains(id)) {
                initializers.put(id, t);
            }
        });
        List<ValueId> inputs =
                new ArrayList<>(graph.inputs().stream().filter(used::contains).toList());
        List<String> modelInputs = inputs.stream()
                .filter(i -> !initializers.containsKey(i))
                .map(names::of)
                .toList();
        List<ValueId> carriedIn = used.stream()
                .filter(v -> !made.contains(v) && graph.producer(v).isPresent())
                .toList();
        inputs.addAll(carriedIn);
        List<ValueId> outputs = new ArrayList<>(modelOutputs);
        carriedOut.stream().filter(v -> !modelOutputs.contains(v)).forEach(outputs::add);

        Set<ValueId> ends = new HashSet<>(carriedIn);
        ends.addAll(carriedOut);
        Graph cut = new Graph(
                graph.name().isEmpty() ? "stage" : graph.name(),
                graph.doc(),
                inputs,
                outputs,
                nodes,
                values(inputs, initializers, ends),
                initializers,
                graph.extra());
        return new StageModel(
                stage,
                labelled(cut),
                modelInputs,
                carriedIn.stream().map(names::of).toList(),
                modelOutputs.stream().map(names::of).toList(),
                carriedOut.stream().map(names::of).toList());
    }

    /// The stage's nodes, and the constant ones of other stages that it needs, in the graph's order.
    private void collect() {
        Set<Node> wanted = new HashSet<>();
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : graph.nodes()) {
            if (stage.nodes().contains(n.id()) && (!constant.contains(n) || makesOutput(n))) {
                todo.add(n);
            }
        }
        while (!todo.isEmpty()) {
            Node n = todo.remove();
            if (!wanted.add(n)) {
                continue;
            }
            for (ValueId in : uses(n)) {
                graph.producer(in).filter(constant::contains).ifPresent(todo::add);
            }
        }
        for (Node n : graph.nodes()) {
            if (wanted.contains(n)) {
                nodes.add(n);
                made.addAll(n.outputs());
                used.addAll(uses(n));
            }
        }
    }

    private boolean makesOutput(Node n) {
        return n.outputs().stream().anyMatch(graph::isOutput);
    }

    private static Set<ValueId> uses(Node n) {
        Set<ValueId> all = new LinkedHashSet<>();
        n.inputs().stream().filter(ValueId::isPresent).forEach(all::add);
        for (Graph sub : n.subgraphs()) {
            all.addAll(sub.captures());
        }
        return all;
    }

    /// An output that no node makes (an input or a constant handed through) leaves the last stage.
    private boolean ownOutput(ValueId out) {
        return graph.producer(out).map(p -> stage.nodes().contains(p.id())).orElse(stage.index() == stages - 1);
    }

    private boolean usedLater(ValueId value) {
        return graph.consumers(value).stream().anyMatch(c -> stageOf.getOrDefault(c.id(), 0) > stage.index());
    }

    private Map<ValueId, Value> values(List<ValueId> inputs, Map<ValueId, Tensor> initializers, Set<ValueId> ends)
            throws LatheException {
        Set<ValueId> wanted = new LinkedHashSet<>(inputs);
        wanted.addAll(initializers.keySet());
        wanted.addAll(used);
        wanted.addAll(made);
        Map<ValueId, Value> values = new LinkedHashMap<>();
        for (ValueId id : wanted) {
            Optional<Value> old = graph.value(id);
            if (old.isPresent()) {
                Value named = old.get().withName(names.of(id));
                values.put(id, ends.contains(id) ? named.withDeclared(endType(named)) : named);
            }
        }
        return values;
    }

    /// What a stage says of a tensor at its end: what inference found, or the file declares where that is less.
    private ValueType endType(Value value) throws LatheException {
        ValueType inferred = analysis.type(value.id());
        ValueType type = inferred.dtype().isPresent() ? inferred : value.declared();
        if (type.dtype().isEmpty()) {
            throw new LatheException(Diagnostic.error(
                            "cannot-cut-here",
                            "the model cannot be cut where this tensor crosses: its element type is not known.",
                            new Place.AtValue(value.name()))
                    .withRemedy("Move the border."));
        }
        return type;
    }

    private Model labelled(Graph cut) {
        Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
        metadata.put("lathe.stage", (stage.index() + 1) + " of " + stages);
        metadata.put("lathe.device", stage.device().id());
        return new Model(
                model.format(),
                model.source(),
                model.irVersion(),
                model.opsets(),
                model.producerName(),
                model.producerVersion(),
                model.domain(),
                model.modelVersion(),
                model.doc(),
                metadata,
                cut,
                model.functions(),
                model.extra());
    }
}
