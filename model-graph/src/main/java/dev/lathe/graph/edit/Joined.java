package dev.lathe.graph.edit;

import dev.lathe.graph.Extra;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.io.onnx.DeviceConfigurations;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What two models say of themselves, said of both: where they differ, the first has its way.
record Joined(Model first, Model second) {

    /// @param opsets that only the second imports
    Model of(Graph whole, List<Function> functions, Map<String, Long> opsets) {
        Map<String, Long> imports = new LinkedHashMap<>(first.opsets());
        imports.putAll(opsets);
        Map<String, String> metadata = new LinkedHashMap<>(second.metadata());
        metadata.putAll(first.metadata());
        return new Model(
                first.format(),
                Optional.empty(),
                Math.max(first.irVersion(), second.irVersion()),
                imports,
                first.producerName(),
                first.producerVersion(),
                first.domain(),
                first.modelVersion(),
                first.doc().isEmpty() ? second.doc() : first.doc(),
                metadata,
                whole,
                functions,
                DeviceConfigurations.joined(first.extra(), second.extra()));
    }

    /// A configuration of devices that both models declare, each in its own way.
    static Optional<String> configuredTwice(Model first, Model second) {
        Map<String, Extra> there = DeviceConfigurations.of(first.extra());
        return DeviceConfigurations.of(second.extra()).entrySet().stream()
                .filter(c -> !c.getValue().equals(there.getOrDefault(c.getKey(), c.getValue())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// A function of `has` that `calls` means an operator by.
    static Optional<OperatorKey> overridden(Model has, Model calls) {
        Set<OperatorKey> functions = keys(has);
        functions.removeAll(keys(calls));
        Set<OperatorKey> meant = new HashSet<>();
        Consumer<Graph> look = g -> g.nodes().stream().map(OperatorKey::of).forEach(meant::add);
        if (!functions.isEmpty()) {
            calls.graph().forEachGraph(look);
            calls.functions().forEach(f -> f.body().forEachGraph(look));
        }
        return functions.stream().filter(meant::contains).findFirst();
    }

    private static Set<OperatorKey> keys(Model model) {
        Set<OperatorKey> keys = new LinkedHashSet<>();
        model.functions().forEach(f -> keys.add(OperatorKey.of(f)));
        return keys;
    }
}
