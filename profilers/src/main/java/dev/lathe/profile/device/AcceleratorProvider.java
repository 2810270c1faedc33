package dev.lathe.profile.device;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.pack.Packs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What packs let models run on: one device for each execution provider that there is for this system (`webgpu:0`,
/// `cuda:0`, …), with what it lacks. Further cards of CUDA are listed by who can count them.
public final class AcceleratorProvider implements DeviceProvider {
    private final Packs packs;
    private final SystemLibraries libraries;

    public AcceleratorProvider() {
        this(Packs.ofThisUser(), SystemLibraries.ofThisMachine());
    }

    AcceleratorProvider(Packs packs, SystemLibraries libraries) {
        this.packs = packs;
        this.libraries = libraries;
    }

    @Override
    public String source() {
        return "packs";
    }

    @Override
    public List<DeviceStatus> devices() {
        List<DeviceStatus> found = new ArrayList<>();
        for (ExecutionProvider provider : ExecutionProvider.values()) {
            if (packs.exists(provider)) {
                Device device = new Device(
                        new Accelerator(provider, 0).deviceId(),
                        name(provider),
                        DeviceKind.GPU,
                        List.of(),
                        OptionalLong.empty(),
                        List.of());
                found.add(new DeviceStatus(device, availability(provider), Map.of()));
            }
        }
        return found;
    }

    /// The pack first: whether a driver is there matters to who has it. The same for all cards.
    Availability availability(ExecutionProvider provider) {
        return switch (packs.availability(provider)) {
            case Availability.Missing m -> m;
            case Availability.Ready r ->
                libraries.lackedBy(provider).<Availability>map(l -> l).orElse(r);
        };
    }

    private static String name(ExecutionProvider provider) {
        return switch (provider) {
            case WEBGPU -> "WebGPU · graphics card";
            case CUDA -> "CUDA · NVIDIA card 0";
            case TENSORRT -> "TensorRT · NVIDIA card 0";
            case DIRECTML -> "DirectML · graphics card 0";
            case COREML -> "Core ML";
        };
    }
}
