package dev.lathe.profile.device;

import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which libraries of the system's providers lean on, and whether they are here. They come with drivers, not with
/// packs, and without them a provider's own message names a file that nobody knows.
///
/// `linux` as this is Linux; `present` whether the system finds a library of this name
record SystemLibraries(boolean linux, Predicate<String> present) {

    static SystemLibraries ofThisMachine() {
        return new SystemLibraries(System.getProperty("os.name", "").equals("Linux"), SystemLibraries::canBeLoaded);
    }

    /// What is not here, and what brings it. Only asked on Linux: elsewhere the system itself has the interface, and
    /// the provider finds out.
    Optional<Availability.Missing> lackedBy(ExecutionProvider provider) {
        if (!linux) {
            return Optional.empty();
        }
        return needs(provider).stream()
                .filter(n -> !present.test(n.library()))
                .findFirst()
                .map(n -> new Availability.Missing(
                        "the system has no " + n.what() + " (" + n.library() + ").", n.remedy()));
    }

    /// What is missing with what else this provider leans on and is not here.
    Availability.Missing and(Availability.Missing first, ExecutionProvider provider) {
        List<String> lacked = linux
                ? needs(provider).stream()
                        .filter(n -> !present.test(n.library()))
                        .map(Need::what)
                        .toList()
                : List.of();
        if (lacked.isEmpty()) {
            return first;
        }
        String all = lacked.size() == 1
                ? lacked.getFirst()
                : String.join(", ", lacked.subList(0, lacked.size() - 1)) + " and " + lacked.getLast();
        return new Availability.Missing(
                first.reason().replaceFirst("\\.$", "") + ", and it needs " + all + ", which the system has not.",
                first.remedy());
    }

    private record Need(String library, String what, String remedy) {}

    private static final Need VULKAN = new Need(
            "libvulkan.so.1",
            "Vulkan",
            "Install the graphics card's driver and the Vulkan loader (Debian and Ubuntu: libvulkan1).");
    private static final Need NVIDIA =
            new Need("libcuda.so.1", "NVIDIA driver", "Install the driver of an NVIDIA card.");
    private static final Need CUDA = new Need("libcudart.so.12", "CUDA 12", "Install the CUDA 12 runtime.");
    private static final Need CUDNN = new Need("libcudnn.so.9", "cuDNN 9", "Install cuDNN 9.");
    private static final Need TENSORRT = new Need("libnvinfer.so.10", "TensorRT 10", "Install TensorRT 10.");

    private static List<Need> needs(ExecutionProvider provider) {
        return switch (provider) {
            case WEBGPU -> List.of(VULKAN);
            case CUDA -> List.of(NVIDIA, CUDA, CUDNN);
            case TENSORRT -> List.of(NVIDIA, CUDA, CUDNN, TENSORRT);
            case DIRECTML, COREML -> List.of();
        };
    }

    /// Loads it and lets it go again: only the loader knows all the places where it looks.
    private static boolean canBeLoaded(String name) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup unused = SymbolLookup.libraryLookup(name, arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
