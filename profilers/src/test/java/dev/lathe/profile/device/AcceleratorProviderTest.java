package dev.lathe.profile.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.nvml.NvidiaCard;
import dev.lathe.profile.nvml.Nvml;
import dev.lathe.profile.nvml.PretendNvml;
import dev.lathe.profile.pack.KnownPacks;
import dev.lathe.profile.pack.Packs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every provider that packs could bring is listed, with the first thing that it lacks.
class AcceleratorProviderTest {
    @TempDir
    Path folder = Path.of("");

    private NvidiaCard.Opening driver = () -> {
        throw new Nvml.Refused("there is no NVIDIA driver");
    };

    private List<DeviceStatus> devices(String platform, Set<String> libraries) {
        Packs packs = new Packs(folder, platform, "1.29.0", KnownPacks.all());
        boolean linux = platform.startsWith("linux");
        return new AcceleratorProvider(packs, new SystemLibraries(linux, libraries::contains), driver).devices();
    }

    @Test
    void eachCardThatTheDriverCountsIsADeviceOfCudaAndNamedWhereAllAreTheSame() {
        try (PretendNvml pretend = new PretendNvml()) {
            driver = () -> Nvml.open(pretend.symbols());
            pretend.card("Pretend 4090", 0);
            pretend.card("Pretend 4090", 0);
            assertThat(ids("linux-x64"))
                    .containsExactly(
                            "webgpu:0", "cuda:0", "cuda:1", "tensorrt:0", "tensorrt:1", "directml:0", "coreml:0");
            DeviceStatus second =
                    Devices.find("cuda:1", devices("linux-x64", Set.of())).orElseThrow();
            assertThat(second.device().name()).isEqualTo("CUDA · NVIDIA card 1 · Pretend 4090");
            assertThat(second.device().memoryBytes()).hasValue(24L << 30);
            assertThat(second.facts()).containsEntry("Compute capability", "8.9");
            pretend.card("Another", 0);
            DeviceStatus unsure =
                    Devices.find("cuda:1", devices("linux-x64", Set.of())).orElseThrow();
            assertThat(unsure.device().name()).isEqualTo("CUDA · NVIDIA card 1");
            assertThat(unsure.device().memoryBytes()).isEmpty();
        }
    }

    private void pack(String id, String providers) throws IOException {
        Path pack = Files.createDirectories(folder.resolve(id));
        Files.writeString(pack.resolve("pack.json"), """
                {"format": 1, "id": "%s", "title": "", "runtimeVersion": "1.29.0", "platform": "linux-x64",
                 "providers": [%s], "origin": "", "sourceSha256": "", "files": {}}
                """.formatted(id, providers));
    }

    private static Availability of(String id, List<DeviceStatus> among) {
        return Devices.find(id, among).orElseThrow().availability();
    }

    private static String words(Availability availability) {
        return switch (availability) {
            case Availability.Ready r -> "ready";
            case Availability.Missing m -> m.reason() + " " + m.remedy();
        };
    }

    @Test
    void everyProviderIsListedOnEverySystemAndSaysWhereThereIsOne() {
        for (String platform : List.of("linux-x64", "win-x64", "osx-aarch64", "linux-aarch64")) {
            assertThat(ids(platform))
                    .as(platform)
                    .containsExactly("webgpu:0", "cuda:0", "tensorrt:0", "directml:0", "coreml:0");
        }
        assertThat(told("linux-x64", "directml:0")).contains("a part of Windows", "linux-x64", "webgpu:0");
        assertThat(told("win-x64", "directml:0")).contains("lathe packs add webgpu");
        assertThat(told("win-x64", "coreml:0")).contains("a part of macOS");
        assertThat(told("osx-aarch64", "coreml:0")).contains("lathe packs add webgpu");
        assertThat(told("osx-aarch64", "cuda:0")).contains("Linux and Windows");
        assertThat(told("linux-aarch64", "webgpu:0")).contains("x86-64").doesNotContain("packs add");
    }

    @Test
    void whoLacksAPackIsToldWhatElseItNeedsBeforeGettingIt() {
        assertThat(told("linux-x64", "tensorrt:0"))
                .contains("pack cuda is not added, and it needs NVIDIA driver, CUDA 12, cuDNN 9 and TensorRT 10")
                .contains("lathe packs add cuda");
        assertThat(words(of("webgpu:0", devices("linux-x64", Set.of("libvulkan.so.1")))))
                .startsWith("pack webgpu is not added. ");
    }

    private String told(String platform, String device) {
        return words(of(device, devices(platform, Set.of())));
    }

    private List<String> ids(String platform) {
        return devices(platform, Set.of()).stream().map(s -> s.device().id()).toList();
    }

    @Test
    void withoutAPackTheRemedyIsToAddIt() {
        List<DeviceStatus> devices = devices("linux-x64", Set.of("libvulkan.so.1"));
        assertThat(words(of("webgpu:0", devices))).contains("lathe packs add webgpu");
        assertThat(words(of("tensorrt:0", devices))).contains("lathe packs add cuda");
        assertThat(devices).allSatisfy(d -> assertThat(d.device().kind()).isEqualTo(DeviceKind.GPU));
    }

    @Test
    void withAPackTheSystemsLibrariesAreAskedFor() throws IOException {
        pack("webgpu", "\"webgpu\"");
        pack("cuda", "\"cuda\", \"tensorrt\"");
        assertThat(words(of("webgpu:0", devices("linux-x64", Set.of())))).contains("libvulkan.so.1");
        assertThat(words(of("webgpu:0", devices("linux-x64", Set.of("libvulkan.so.1")))))
                .isEqualTo("ready");
        assertThat(words(of("cuda:0", devices("linux-x64", Set.of())))).contains("NVIDIA driver");
        Set<String> cuda = Set.of("libcuda.so.1", "libcudart.so.12", "libcudnn.so.9");
        assertThat(words(of("cuda:0", devices("linux-x64", Set.of("libcuda.so.1")))))
                .contains("CUDA 12");
        assertThat(words(of("cuda:0", devices("linux-x64", cuda)))).isEqualTo("ready");
        assertThat(words(of("tensorrt:0", devices("linux-x64", cuda)))).contains("TensorRT 10");
    }

    @Test
    void idsOfDevicesNameTheProviderAndItsCard() {
        assertThat(Accelerator.of("cuda:1")).hasValue(new Accelerator(ExecutionProvider.CUDA, 1));
        assertThat(Accelerator.of("webgpu:0").orElseThrow().deviceId()).isEqualTo("webgpu:0");
        for (String other : List.of("cpu", "cpu:0", "gpu:0", "cuda", "cuda:", "cuda:x", "")) {
            assertThat(Accelerator.of(other)).as(other).isEmpty();
        }
    }
}
