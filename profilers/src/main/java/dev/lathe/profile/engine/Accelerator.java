package dev.lathe.profile.engine;

import dev.lathe.graph.target.Device;
import java.util.Optional;

/// One device of an execution provider: the second card of CUDA is `(CUDA, 1)`, and as a device `cuda:1`.
public record Accelerator(ExecutionProvider provider, int index) {

    /// The id of the device that it is.
    public String deviceId() {
        return provider.id() + ":" + index;
    }

    /// Empty for the CPU and for what no provider runs on.
    public static Optional<Accelerator> of(Device device) {
        return of(device.id());
    }

    public static Optional<Accelerator> of(String deviceId) {
        int colon = deviceId.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            int index = Integer.parseInt(deviceId.substring(colon + 1));
            return ExecutionProvider.of(deviceId.substring(0, colon)).map(p -> new Accelerator(p, index));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
