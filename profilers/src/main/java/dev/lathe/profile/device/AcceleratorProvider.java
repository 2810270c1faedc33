package dev.lathe.profile.device;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.nvml.NvidiaCard;
import dev.lathe.profile.nvml.Nvml;
import dev.lathe.profile.pack.Packs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What packs let models run on: one device for each execution provider that there is for this system (`webgpu:0`,
/// `cuda:0`, …), with what it lacks; for CUDA and TensorRT one for each card that NVIDIA's driver counts.
public final class AcceleratorProvider implements DeviceProvider {
    private final Packs packs;
    private final SystemLibraries libraries;
    private final NvidiaCard.Opening driver;

    public AcceleratorProvider() {
        this(Packs.ofThisUser(), SystemLibraries.ofThisMachine(), Nvml::open);
    }

    AcceleratorProvider(Packs packs, SystemLibraries libraries, NvidiaCard.Opening driver) {
        this.packs = packs;
        this.libraries = libraries;
        this.driver = driver;
    }

    @Override
    public String source() {
        return "packs";
    }

    @Override
    public List<DeviceStatus> devices() {
        List<NvidiaCard> cards = NvidiaCard.all(driver);
        List<DeviceStatus> found = new ArrayList<>();
        for (ExecutionProvider provider : ExecutionProvider.values()) {
            if (packs.exists(provider)) {
                boolean ofNvidia = provider == ExecutionProvider.CUDA || provider == ExecutionProvider.TENSORRT;
                int count = ofNvidia ? Math.max(1, cards.size()) : 1;
                for (int i = 0; i < count; i++) {
                    found.add(status(provider, i, ofNvidia ? cards : List.of()));
                }
            }
        }
        return found;
    }

    private DeviceStatus status(ExecutionProvider provider, int index, List<NvidiaCard> cards) {
        // CUDA numbers cards by speed, their driver by place: which is which is sure where all are the same.
        boolean sure = cards.stream().map(NvidiaCard::name).distinct().count() == 1;
        Device device = new Device(
                new Accelerator(provider, index).deviceId(),
                name(provider, index) + (sure ? " · " + cards.getFirst().name() : ""),
                DeviceKind.GPU,
                List.of(),
                sure ? cards.getFirst().memoryBytes() : OptionalLong.empty(),
                List.of());
        return new DeviceStatus(
                device, availability(provider), sure ? cards.getFirst().facts() : Map.of());
    }

    /// The pack first: whether a driver is there matters to who has it. The same for all cards.
    Availability availability(ExecutionProvider provider) {
        return switch (packs.availability(provider)) {
            case Availability.Missing m -> m;
            case Availability.Ready r ->
                libraries.lackedBy(provider).<Availability>map(l -> l).orElse(r);
        };
    }

    private static String name(ExecutionProvider provider, int index) {
        return switch (provider) {
            case WEBGPU -> "WebGPU · graphics card";
            case CUDA -> "CUDA · NVIDIA card " + index;
            case TENSORRT -> "TensorRT · NVIDIA card " + index;
            case DIRECTML -> "DirectML · graphics card 0";
            case COREML -> "Core ML";
        };
    }
}
