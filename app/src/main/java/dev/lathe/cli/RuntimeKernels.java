package dev.lathe.cli;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.RuntimeGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The nodes of the graph that the runtime ran, in its order, with their times and the layers behind them, as JSON.
final class RuntimeKernels {
    private RuntimeKernels() {}

    static List<Map<String, @Nullable Object>> json(RuntimeGraph runtime, Graph source) {
        Map<NodeId, String> names = new HashMap<>();
        source.forEachGraph(g -> g.nodes().forEach(n -> names.put(n.id(), n.shownName())));
        List<Map<String, @Nullable Object>> kernels = new ArrayList<>();
        runtime.model().graph().forEachGraph(g -> {
            for (Node n : g.nodes()) {
                OpStats s = runtime.kernels().get(n.id());
                if (s != null) {
                    kernels.add(kernel(runtime, n, s, names));
                }
            }
        });
        return kernels;
    }

    private static Map<String, @Nullable Object> kernel(
            RuntimeGraph runtime, Node n, OpStats s, Map<NodeId, String> names) {
        Map<String, @Nullable Object> k = new LinkedHashMap<>();
        k.put("kernel", n.shownName());
        k.put("op", n.qualifiedOp());
        k.put("provider", s.provider());
        k.put("timeMs", Amounts.ms(s.typical()));
        k.put("share", s.share());
        k.put("threads", RunThreads.json(s.threads()));
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        runtime.layers().getOrDefault(n.id(), Map.of()).entrySet().stream()
                .sorted(Map.Entry.<NodeId, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> {
                    Map<String, @Nullable Object> layer = new LinkedHashMap<>();
                    layer.put("node", names.get(e.getKey()));
                    layer.put("part", e.getValue());
                    layers.add(layer);
                });
        k.put("layers", layers);
        return k;
    }
}
