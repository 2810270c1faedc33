package dev.lathe.profile.engine;

import dev.lathe.graph.target.Device;

/// Where and how a model is to run: engine id, device, intra-op threads (≥ 1).
public record RunTarget(String engine, Device device, int threads) {
    private static final String PROCESSOR = "cpu";

    /// The id of the device that kernels of this provider ran on, which a profile names: what an accelerator has no
    /// kernel for runs on the processor.
    public String deviceOf(String provider) {
        boolean fell = Accelerator.of(device).isPresent() && provider.equals(ExecutionProvider.CPU_RUNTIME_NAME);
        return fell ? PROCESSOR : device.id();
    }

    /// With a thread for each core of the device; for one without cores for each that there is, since it leaves some
    /// nodes to the CPU.
    public static RunTarget usual(String engine, Device device) {
        int threads = device.cores().isEmpty()
                ? Runtime.getRuntime().availableProcessors()
                : device.cores().size();
        return new RunTarget(engine, device, Math.max(1, threads));
    }
}
