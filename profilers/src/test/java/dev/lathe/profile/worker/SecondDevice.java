package dev.lathe.profile.worker;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.CacheFolder;
import dev.lathe.profile.engine.ort.OrtNatives;
import dev.lathe.profile.pack.KnownPacks;
import dev.lathe.profile.pack.PackInstaller;
import dev.lathe.profile.pack.Packs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// WebGPU on a Vulkan driver that computes on the CPU: a true second device without a graphics card. `./test` gets what
/// it is made of; where that is not there, tests that need it are skipped.
final class SecondDevice {
    static final Device WEBGPU =
            new Device("webgpu:0", "WebGPU", DeviceKind.GPU, List.of(), OptionalLong.empty(), List.of());

    private SecondDevice() {}

    private static Path kept() {
        return Optional.ofNullable(System.getenv("LATHE_TEST_DEVICE"))
                .map(Path::of)
                .orElseGet(() -> CacheFolder.ofThisUser().resolve("test-device"));
    }

    /// Launches workers that have the device, with a pack made in `folder` of the very package that users get.
    static WorkerLaunch launch(Path folder) throws LatheException, IOException {
        Path archive = kept().resolve("onnxruntime-node-" + OrtNatives.VERSION + ".tgz");
        Path driver = kept().resolve("vk_swiftshader_icd.json");
        assumeTrue(
                Files.exists(archive) && Files.exists(driver),
                "no second device: ./test gets it, with npm, on Linux on x86-64");
        Packs packs = new Packs(folder.resolve("packs"), OrtNatives.platform(), OrtNatives.VERSION, KnownPacks.all());
        new PackInstaller(packs).add(packs.source("webgpu"), archive, JobContext.quiet());
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        // The driver is for the worker alone: this process must not find it.
        Path java = Files.writeString(
                folder.resolve("java"), """
                #!/bin/sh
                export LD_LIBRARY_PATH='%1$s' VK_ICD_FILENAMES='%2$s' VK_DRIVER_FILES='%2$s'
                exec '%3$s' "$@"
                """.formatted(kept().toAbsolutePath(), driver.toAbsolutePath(), plain.java()));
        if (!java.toFile().setExecutable(true)) {
            return abort("no executable files here");
        }
        return new WorkerLaunch(java, plain.classPath(), plain.options(), packs);
    }
}
