package dev.lathe.graph;

import java.util.List;
import java.util.Map;

/// A model-local function: nodes may call it like an operator of `domain`. `body` has the formal inputs and
/// outputs; `attributes` are required attribute names, `defaults` those with a default.
public record Function(
        String domain,
        String name,
        String overload,
        List<String> attributes,
        Attrs defaults,
        Map<String, Long> opsets,
        Graph body,
        Extra extra) {
    public Function {
        attributes = List.copyOf(attributes);
        opsets = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(opsets));
    }

    /// What names of nodes and tensors in the function begin with.
    public String path() {
        return domain + ":" + name + (overload.isEmpty() ? "" : ":" + overload) + "/";
    }

    public Function withBody(Graph next) {
        return new Function(domain, name, overload, attributes, defaults, opsets, next, extra);
    }
}
