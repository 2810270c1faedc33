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

/// What packs let models run on: one device for each execution provider (`webgpu:0`, `cuda:0`, …), with what it lacks
/// here, be it another system; for CUDA and TensorRT one for each card that NVIDIA's driver counts.
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
            boolean ofNvidia = provider == ExecutionProvider.CUDA || provider == ExecutionProvider.TENSORRT;
            int count = ofNvidia && packs.exists(provider) ? Math.max(1, cards.size()) : 1;
            for (int i = 0; i < count; i++) {
                found.add(status(provider, i, ofNvidia ? cards : List.of()));
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

    /// The same for all cards. Who lacks the pack is told at once what else it needs: it may be large, and of no use.
    Availability availability(ExecutionProvider provider) {
        if (!packs.exists(provider)) {
            return elsewhere(provider);
        }
        return switch (packs.availability(provider)) {
            case Availability.Missing m -> libraries.and(m, provider);
            case Availability.Ready r ->
                libraries.lackedBy(provider).<Availability>map(l -> l).orElse(r);
        };
    }

    private Availability.Missing elsewhere(ExecutionProvider provider) {
        String here = packs.platform();
        return switch (provider) {
            case DIRECTML ->
                new Availability.Missing(
                        "DirectML is a part of Windows, and this is " + here + ".",
                        "Use webgpu:0, which reaches the same cards; on Windows 'lathe packs add webgpu' brings DirectML, too.");
            case COREML ->
                new Availability.Missing(
                        "Core ML is a part of macOS, and this is " + here + ".",
                        "Use webgpu:0 or the CPU; on a Mac with Apple's processor 'lathe packs add webgpu' brings Core ML, too.");
            case CUDA, TENSORRT ->
                new Availability.Missing(
                        "ONNX Runtime " + packs.runtimeVersion() + " is published with " + provider.title()
                                + " for Linux and Windows on x86-64, and this is " + here + ".",
                        "Use the CPU, or a machine with an NVIDIA card that runs one of these.");
            case WEBGPU ->
                new Availability.Missing(
                        "ONNX Runtime " + packs.runtimeVersion()
                                + " is published with WebGPU for Linux on x86-64, Windows, and Macs with Apple's processor,"
                                + " and this is " + here + ".",
                        "Use the CPU.");
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
