package dev.lathe.profile.engine;

import java.util.Arrays;
import java.util.Optional;

/// What ONNX Runtime can run parts of a model with beside its own CPU kernels: an interface to accelerators. Which of
/// them a worker has depends on the native libraries that it is started with.
///
/// `id` is what devices of it are called by (`webgpu:0`), `runtimeName` what the runtime calls it in profiles.
public enum ExecutionProvider {
    WEBGPU("webgpu", "WebGPU", "WebGpuExecutionProvider", true),
    CUDA("cuda", "CUDA", "CUDAExecutionProvider", true),
    TENSORRT("tensorrt", "TensorRT", "TensorrtExecutionProvider", false),
    DIRECTML("directml", "DirectML", "DmlExecutionProvider", false),
    COREML("coreml", "Core ML", "CoreMLExecutionProvider", false);

    /// What the runtime calls its own kernels for the CPU in profiles.
    public static final String CPU_RUNTIME_NAME = "CPUExecutionProvider";

    private final String id;
    private final String title;
    private final String runtimeName;
    private final boolean runsNodes;

    ExecutionProvider(String id, String title, String runtimeName, boolean runsNodes) {
        this.id = id;
        this.title = title;
        this.runtimeName = runtimeName;
        this.runsNodes = runsNodes;
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public String runtimeName() {
        return runtimeName;
    }

    /// Whether it runs the graph's nodes one by one. Others compile parts of the graph into something of their own,
    /// which the runtime cannot save as a model.
    public boolean runsNodes() {
        return runsNodes;
    }

    /// What people call the provider that a profile names: `CPUExecutionProvider` is "CPU".
    public static String words(String runtimeName) {
        return Arrays.stream(values())
                .filter(p -> p.runtimeName.equals(runtimeName))
                .map(ExecutionProvider::title)
                .findFirst()
                .orElse(runtimeName.replace("ExecutionProvider", ""));
    }

    public static Optional<ExecutionProvider> of(String id) {
        return Arrays.stream(values()).filter(p -> p.id.equals(id)).findFirst();
    }
}
