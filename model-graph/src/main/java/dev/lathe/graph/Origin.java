package dev.lathe.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where a node came from: how a measurement on an optimized or fused node walks back to the layer that its
/// owner knows.
public sealed interface Origin {

    /// Read from a file: `source` is the node's id in the imported model; `path` its name there (or a made-up
    /// one).
    record Imported(NodeId source, String path) implements Origin {}

    /// Made by `pass` from the nodes with these origins. Empty `from` means that the pass invented it.
    record Derived(String pass, List<Origin> from) implements Origin {
        public Derived {
            from = List.copyOf(from);
        }
    }

    /// The ids of the imported nodes that this goes back to, in order, each once.
    default Set<NodeId> sources() {
        Set<NodeId> found = new LinkedHashSet<>();
        collect(this, found);
        return found;
    }

    private static void collect(Origin origin, Set<NodeId> into) {
        switch (origin) {
            case Imported i -> into.add(i.source());
            case Derived d -> d.from().forEach(o -> collect(o, into));
        }
    }
}
