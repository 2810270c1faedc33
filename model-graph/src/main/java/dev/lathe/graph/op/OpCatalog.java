package dev.lathe.graph.op;

import dev.lathe.graph.Node;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Every operator that we know, by domain and name.
public final class OpCatalog {
    private final List<OpFamily> families;
    private final Map<String, Map<String, OpSpec>> byDomain = new LinkedHashMap<>();

    public OpCatalog(List<OpFamily> families) {
        this.families = List.copyOf(families);
        for (OpFamily family : families) {
            for (OpSpec op : family.ops()) {
                byDomain.computeIfAbsent(op.schema().domain(), d -> new LinkedHashMap<>())
                        .put(op.schema().name(), op);
            }
        }
    }

    /// The families registered as services on the class path.
    public static OpCatalog standard() {
        return Standard.CATALOG;
    }

    public List<OpFamily> families() {
        return families;
    }

    /// The operator `name` of `domain`; "ai.onnx" is the same domain as "".
    public Optional<OpSpec> find(String domain, String name) {
        String known = domain.equals("ai.onnx") ? "" : domain;
        return Optional.ofNullable(byDomain.getOrDefault(known, Map.of()).get(name));
    }

    public Optional<OpSpec> find(Node node) {
        return find(node.domain(), node.op());
    }

    /// The newest version of a domain's operator set in which an operator that we know was new or changed; 0 when we
    /// know none of it.
    public int newest(String domain) {
        return byDomain.getOrDefault(domain, Map.of()).values().stream()
                .flatMap(s -> s.schema().since().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    public Collection<OpSpec> all() {
        return Collections.unmodifiableCollection(
                byDomain.values().stream().flatMap(m -> m.values().stream()).toList());
    }

    /// Loaded on first use and the same for everybody: it holds nothing that changes.
    private static final class Standard {
        private static final OpCatalog CATALOG =
                new OpCatalog(ServiceLoader.load(OpFamily.class, OpFamily.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }
}
