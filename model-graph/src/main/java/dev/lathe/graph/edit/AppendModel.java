package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.onnx.KeptNames;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Puts another model behind this one: its inputs become outputs of this one. Inputs that nothing is
/// connected to become inputs of the whole, and outputs of this one that go nowhere stay outputs.
///
/// @param file the other model
/// @param connect which of its inputs takes which output of this one; what is not told is connected by
///     name, or when there is one of each
public record AppendModel(Path file, Map<String, String> connect) implements Edit {
    public AppendModel {
        connect = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(connect));
    }

    @Override
    public String text() {
        StringBuilder b = new StringBuilder("append ").append(GraphText.quoted(file.toString()));
        connect.forEach((input, output) -> b.append(b.indexOf(" connect ") < 0 ? " connect " : ", ")
                .append(GraphText.name(output))
                .append(" to ")
                .append(GraphText.name(input)));
        return b.toString();
    }

    @Override
    public Edit withFiles(UnaryOperator<Path> where) {
        return new AppendModel(where.apply(file), connect);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        Model other = Formats.open(file, context);
        Map<String, Long> opsets = opsets(model, other);
        refuseWhatCannotBeJoined(model, other);
        Graph first = model.graph();
        Graph second = other.graph();
        Map<ValueId, ValueId> connections = connections(first, second);
        FreshNames names = FreshNames.ofTensors(first, second);
        connections.forEach((input, output) -> names.let(second.nameOf(input), first.nameOf(output)));
        Inference types = Inference.of(model, context);
        for (Map.Entry<ValueId, ValueId> c : connections.entrySet()) {
            refuseOtherType(second, c.getKey(), first, c.getValue(), types);
        }
        Transplant copy = new Transplant(model.newIds(), names, new JoinedDims(first, second, connections, types));
        connections.forEach(copy::let);
        Map<ValueId, Tensor> initializers = new LinkedHashMap<>(first.initializers());
        copy.initializers(second).forEach((id, tensor) -> {
            // What a connected input would be by default is no longer asked for.
            if (!connections.containsValue(id)) {
                initializers.put(id, tensor);
            }
        });
        List<ValueId> inputs = new ArrayList<>(first.inputs());
        second.inputs().stream()
                .filter(i -> !connections.containsKey(i))
                .map(copy::value)
                .forEach(inputs::add);
        Set<ValueId> outputs = new LinkedHashSet<>(first.outputs());
        outputs.removeAll(connections.values());
        outputs.addAll(copy.values(second.outputs()));
        List<Node> nodes = new ArrayList<>(first.nodes());
        nodes.addAll(copy.nodes(second));
        Map<ValueId, Value> values = new LinkedHashMap<>();
        first.values().forEach(v -> values.put(v.id(), v));
        copy.table(second).forEach(values::putIfAbsent);
        Graph whole = new Graph(
                first.name(),
                first.doc(),
                inputs,
                List.copyOf(outputs),
                named(nodes),
                values,
                initializers,
                KeptNames.joined(first.extra(), copy.extra(second)));
        Joined joined = new Joined(model, other);
        return joined.of(whole, functions(model, other, copy), opsets);
    }

    private void refuseOtherType(Graph second, ValueId input, Graph first, ValueId output, Inference types)
            throws LatheException {
        ValueType asked = second.value(input).map(Value::declared).orElse(ValueType.unknown());
        if (Contradiction.between(types.type(output), asked)) {
            throw problem(
                    "edit-types-differ",
                    "its input '" + second.nameOf(input) + "' is " + GraphText.print(asked) + ", the output '"
                            + first.nameOf(output) + "' is " + GraphText.print(types.type(output)),
                    "Declare the same for both first, where both compute it.");
        }
    }

    private void refuseWhatCannotBeJoined(Model model, Model other) throws LatheException {
        if (KeptNames.trains(other.extra())) {
            throw problem(
                    "edit-not-possible", "it says how it is trained, which cannot be joined", "Take that out first.");
        }
        Optional<String> configured = Joined.configuredTwice(model, other);
        if (configured.isPresent()) {
            throw problem(
                    "edit-configuration-twice",
                    "both models have a device configuration '" + configured.get() + "', and these differ",
                    "Call it something else in one of them.");
        }
        for (Model[] pair : new Model[][] {{model, other}, {other, model}}) {
            Optional<OperatorKey> taken = Joined.overridden(pair[0], pair[1]);
            if (taken.isPresent()) {
                throw problem(
                        "edit-function-twice",
                        "one of the models has a function " + taken.get().words()
                                + ", the other means the operator of that name",
                        "Rename the function.");
            }
        }
    }

    /// Versions of the operator sets that only the other model imports.
    private Map<String, Long> opsets(Model model, Model other) throws LatheException {
        Map<String, Long> more = new LinkedHashMap<>();
        for (Map.Entry<String, Long> o : other.opsets().entrySet()) {
            boolean standard = OpsetMeaning.isStandard(o.getKey());
            OptionalLong own = OpsetMeaning.declared(model, o.getKey());
            if (own.isEmpty()) {
                more.put(o.getKey(), o.getValue());
            } else if (own.getAsLong() != o.getValue()) {
                throw problem(
                        "edit-opsets-differ",
                        "it imports version " + o.getValue() + " of " + (standard ? "ai.onnx" : o.getKey())
                                + ", this model version " + own.getAsLong(),
                        "Declare the same in both first, where that changes no meaning: 'opset "
                                + GraphText.quoted(standard ? "" : o.getKey()) + " "
                                + Math.max(own.getAsLong(), o.getValue()) + "'.");
            }
        }
        return more;
    }

    /// Which output each connected input of the second takes.
    private Map<ValueId, ValueId> connections(Graph first, Graph second) throws LatheException {
        Map<ValueId, ValueId> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> c : connect.entrySet()) {
            found.put(
                    end(second, second.inputs(), c.getKey(), "it has no input '" + c.getKey() + "'"),
                    end(first, first.outputs(), c.getValue(), "this model has no output '" + c.getValue() + "'"));
        }
        List<ValueId> open = second.requiredInputs().stream()
                .filter(i -> !found.containsKey(i))
                .toList();
        for (ValueId i : open) {
            first.outputs().stream()
                    .filter(o -> first.nameOf(o).equals(second.nameOf(i)))
                    .findFirst()
                    .ifPresent(o -> found.put(i, o));
        }
        if (found.isEmpty() && open.size() == 1 && first.outputs().size() == 1) {
            found.put(open.getFirst(), first.outputs().getFirst());
        }
        if (found.isEmpty()) {
            throw problem(
                    "edit-not-connected",
                    "none of its inputs has the name of an output of this model",
                    "Say which takes which: 'append " + GraphText.quoted(file.toString())
                            + " connect OUTPUT to INPUT'.");
        }
        return found;
    }

    private ValueId end(Graph g, List<ValueId> ends, String name, String otherwise) throws LatheException {
        Optional<ValueId> found =
                ends.stream().filter(e -> g.nameOf(e).equals(name)).findFirst();
        return found.orElseThrow(() -> problem("edit-unknown", otherwise, "lathe inspect lists inputs and outputs."));
    }

    /// Two nodes of one name are refused by runtimes.
    private static List<Node> named(List<Node> nodes) {
        Set<String> taken = new HashSet<>();
        return nodes.stream()
                .map(n -> n.name().isEmpty() ? n : n.withName(free(n.name(), taken)))
                .toList();
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private static boolean same(Function a, Function b) {
        return a.attributes().equals(b.attributes())
                && a.defaults().equals(b.defaults())
                && a.opsets().equals(b.opsets())
                && GraphText.print(a.body(), Integer.MAX_VALUE).equals(GraphText.print(b.body(), Integer.MAX_VALUE));
    }

    private List<Function> functions(Model model, Model other, Transplant copy) throws LatheException {
        List<Function> all = new ArrayList<>(model.functions());
        for (Function f : other.functions()) {
            Optional<Function> own = model.functions().stream()
                    .filter(m -> OperatorKey.of(m).equals(OperatorKey.of(f)))
                    .findFirst();
            if (own.filter(o -> same(o, f)).isPresent()) {
                continue;
            }
            if (own.isPresent()) {
                throw problem(
                        "edit-function-twice",
                        "both models have a function " + OperatorKey.of(f).words() + ", and these differ",
                        "Rename it in one of them.");
            }
            all.add(copy.function(f));
        }
        return all;
    }

    private LatheException problem(String code, String message, String remedy) {
        return new LatheException(
                Diagnostic.error(code, message, Place.file(file)).withRemedy(remedy));
    }
}
