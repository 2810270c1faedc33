package dev.lathe.app.layers;

import dev.lathe.core.OneLine;
import dev.lathe.graph.Node;

/// How a layer is called in tables: the file's node name without its leading slash, blocks joined with dots.
public final class LayerNames {
    private LayerNames() {}

    /// `/encoder/layer.0/attention/self/query/MatMul` → `encoder.layer.0.attention.self.query.MatMul`.
    public static String shown(Node node) {
        String name = OneLine.of(node.shownName());
        return name.startsWith("/") ? name.substring(1).replace('/', '.') : name;
    }
}
