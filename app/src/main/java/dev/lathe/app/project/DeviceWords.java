package dev.lathe.app.project;

import dev.lathe.profile.engine.ExecutionProvider;
import java.util.Optional;

/// What people call a device where its name has no room: `webgpu:0` is WebGPU, `cpu:1` the second group of the
/// processor's cores, CPU group 1. Other ids are told as they are.
public final class DeviceWords {
    private static final String PROCESSOR = "cpu";

    private DeviceWords() {}

    public static String of(String id) {
        int colon = id.indexOf(':');
        String kind = colon < 0 ? id : id.substring(0, colon);
        String number = colon < 0 ? "" : id.substring(colon + 1);
        if (kind.equals(PROCESSOR)) {
            return number.isEmpty() ? "CPU" : "CPU group " + number;
        }
        Optional<String> title = ExecutionProvider.of(kind).map(ExecutionProvider::title);
        // The first card is mostly the only one.
        return title.map(t -> number.isEmpty() || number.equals("0") ? t : t + " " + number)
                .orElse(id);
    }
}
