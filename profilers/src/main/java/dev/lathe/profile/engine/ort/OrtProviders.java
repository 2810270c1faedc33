package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.SessionConfig;
import java.util.Map;

/// Tells a session which execution provider it runs on. The CPU's is always behind it, for what the other cannot run.
final class OrtProviders {
    private OrtProviders() {}

    /// @throws LatheException when the library has no such provider, or that finds no device
    static void add(SessionConfig config, OrtSession.SessionOptions options) throws LatheException {
        if (config.accelerator().isEmpty()) {
            return;
        }
        Accelerator on = config.accelerator().get();
        try {
            switch (on.provider()) {
                case WEBGPU -> options.addWebGPU(Map.of());
                case CUDA -> options.addCUDA(on.index());
                case TENSORRT -> {
                    options.addTensorrt(on.index());
                    // For what it cannot compile.
                    options.addCUDA(on.index());
                }
                case DIRECTML -> {
                    // It has an allocation scheme of its own.
                    options.setMemoryPatternOptimization(false);
                    options.addDirectML(on.index());
                }
                case COREML -> options.addCoreML(Map.of());
            }
        } catch (OrtException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    "device-unavailable",
                                    "device " + on.deviceId() + " cannot be used: " + OrtWords.of(e),
                                    Place.nowhere())
                            .withRemedy(remedy(on.provider())),
                    e);
        }
    }

    private static String remedy(ExecutionProvider provider) {
        return switch (provider) {
            case WEBGPU ->
                "It needs a graphics card with a Vulkan driver (on Windows, one for Direct3D 12); see 'lathe devices'.";
            case CUDA -> "It needs an NVIDIA card with its driver, CUDA 12 and cuDNN 9.";
            case TENSORRT -> "It needs an NVIDIA card with its driver, CUDA 12, cuDNN 9 and TensorRT 10.";
            case DIRECTML -> "It needs Windows and a graphics card with a driver for Direct3D 12.";
            case COREML -> "It needs a Mac.";
        };
    }
}
