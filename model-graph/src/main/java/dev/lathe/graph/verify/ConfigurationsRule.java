package dev.lathe.graph.verify;

import dev.lathe.graph.io.onnx.DeviceConfigurations;
import java.util.Set;

/// What nodes are split by is declared by the model.
///
/// A warning: runtimes that do not split nodes do not look.
final class ConfigurationsRule implements Rule {
    @Override
    public void check(Subject s) {
        Set<String> declared = DeviceConfigurations.of(s.model().extra()).keySet();
        s.forEachNode((node, graph, opsets) -> {
            for (String name : DeviceConfigurations.usedBy(node.extra())) {
                if (!declared.contains(name)) {
                    s.warning(
                            "node-configuration-unknown",
                            "it is split by the device configuration '" + name + "', which the model does not declare",
                            node);
                }
            }
        });
    }
}
