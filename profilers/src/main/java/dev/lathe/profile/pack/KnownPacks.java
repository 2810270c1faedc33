package dev.lathe.profile.pack;

import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.djl.PyTorchNatives;
import dev.lathe.profile.engine.ort.OrtNatives;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The packages that packs of this Lathe's runtime versions are made of, with the sums of what was published. A new
/// version of a runtime needs new sums here.
public final class KnownPacks {
    private static final String NODE_FOLDER = "package/bin/napi-v6/";
    private static final String JAR_FOLDER = "ai/onnxruntime/native/";

    private KnownPacks() {}

    public static List<PackSource> all() {
        return List.of(webGpu(), cuda(), pyTorch());
    }

    public static Optional<PackSource> find(String id) {
        return all().stream().filter(s -> s.id().equals(id)).findFirst();
    }

    /// Its Linux library for ARM has no WebGPU in it.
    private static PackSource webGpu() {
        return new PackSource(
                "webgpu",
                "WebGPU: graphics cards of every vendor",
                PackSource.Client.NPM,
                "onnxruntime-node",
                OrtNatives.VERSION,
                111_735_068,
                "cfdfb45ec4044b1fdca43e5d2e180fb6817e649ff8ad1e0dfc90e18e51b67037",
                Map.of(
                        "linux-x64",
                        new PackContents(
                                List.of(ExecutionProvider.WEBGPU),
                                Map.of(NODE_FOLDER + "linux/x64/libonnxruntime.so.1", "libonnxruntime.so"),
                                true),
                        "win-x64",
                        windows("x64"),
                        "win-aarch64",
                        windows("arm64"),
                        "osx-aarch64",
                        new PackContents(
                                List.of(ExecutionProvider.WEBGPU, ExecutionProvider.COREML),
                                Map.of(
                                        NODE_FOLDER + "darwin/arm64/libonnxruntime." + OrtNatives.VERSION + ".dylib",
                                        "libonnxruntime.dylib"),
                                true)));
    }

    private static PackContents windows(String processor) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : List.of("onnxruntime.dll", "DirectML.dll", "dxcompiler.dll", "dxil.dll")) {
            files.put(NODE_FOLDER + "win32/" + processor + "/" + name, name);
        }
        return new PackContents(List.of(ExecutionProvider.WEBGPU, ExecutionProvider.DIRECTML), files, true);
    }

    private static PackSource cuda() {
        return new PackSource(
                "cuda",
                "CUDA and TensorRT: NVIDIA's cards",
                PackSource.Client.MAVEN,
                "com.microsoft.onnxruntime:onnxruntime_gpu",
                OrtNatives.VERSION,
                642_295_340,
                "fe39a98c499fc9be3944dd2bf2fb77d7dc5f152668bf95d8beb1c3d7b22f2a89",
                Map.of(
                        "linux-x64", cudaFiles("linux-x64", "lib", ".so"),
                        "win-x64", cudaFiles("win-x64", "", ".dll")));
    }

    private static PackSource pyTorch() {
        String folder = "pytorch/cpu/linux-x86_64/";
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : List.of("libtorch.so", "libtorch_cpu.so", "libc10.so", "libgomp-98b21ff3.so.1")) {
            files.put(folder + name, name);
        }
        return new PackSource(
                PyTorchNatives.PACK,
                "PyTorch: runs TorchScript files on the CPU",
                PackRuntime.PYTORCH,
                PackSource.Client.MAVEN,
                "ai.djl.pytorch:pytorch-native-cpu",
                "linux-x86_64",
                PyTorchNatives.VERSION,
                111_597_418,
                "1769928feaaa2389b4aa68390e7787ce1707290258b167d016a200fced4b8c39",
                Map.of("linux-x64", new PackContents(List.of(), files, true)));
    }

    private static PackContents cudaFiles(String platform, String prefix, String suffix) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : List.of(
                "onnxruntime",
                "onnxruntime4j_jni",
                "onnxruntime_providers_shared",
                "onnxruntime_providers_cuda",
                "onnxruntime_providers_tensorrt")) {
            String file = prefix + name + suffix;
            files.put(JAR_FOLDER + platform + "/" + file, file);
        }
        return new PackContents(List.of(ExecutionProvider.CUDA, ExecutionProvider.TENSORRT), files, false);
    }
}
