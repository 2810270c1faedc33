package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The groups of devices that a model declares for its nodes to be split over. They are kept in wire form, and nodes
/// refer to them by name.
public final class DeviceConfigurations {
    private static final int NAME = 1;
    /// NodeProto.device_configurations, whose first field is a name as well.
    private static final int OF_NODE = 10;

    private DeviceConfigurations() {}

    /// By name, each as a whole field of the model.
    public static Map<String, Extra> of(Extra model) {
        return named(model, Proto.ModelField.CONFIGURATION);
    }

    /// The names of those that a node is split by.
    public static Set<String> usedBy(Extra node) {
        return named(node, OF_NODE).keySet();
    }

    private static Map<String, Extra> named(Extra extra, int field) {
        Map<String, Extra> all = new LinkedHashMap<>();
        Extra fields = ExtraScan.only(extra, field, true);
        if (fields.isEmpty()) {
            return all;
        }
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(fields.wire()));
            while (r.next()) {
                byte[] whole = r.copy(r.skipWhole());
                all.put(name(whole), Extra.of(whole));
            }
        } catch (WireFault f) {
            throw KeptNames.unreadable(f);
        }
        return Collections.unmodifiableMap(all);
    }

    /// The kept fields of both models; of a field that only one can have, that of the first. Configurations of one name
    /// must be the same.
    public static Extra joined(Extra first, Extra second) {
        Map<String, Extra> there = of(first);
        Extra more = KeptEntries.without(ExtraScan.only(second, Proto.ModelField.CONFIGURATION, false));
        for (Map.Entry<String, Extra> c : of(second).entrySet()) {
            if (!there.containsKey(c.getKey())) {
                more = KeptNames.joined(more, c.getValue());
            }
        }
        // Of a field that is there twice the last one counts.
        return KeptNames.joined(more, first);
    }

    private static String name(byte[] whole) throws WireFault {
        WireReader r = WireReader.of(MemorySegment.ofArray(whole));
        String name = "";
        if (r.next() && r.isBytes()) {
            WireReader inside = r.message();
            while (inside.next()) {
                if (inside.field() == NAME && inside.isBytes()) {
                    name = inside.string();
                } else {
                    inside.skip();
                }
            }
        }
        return name;
    }
}
