package dev.lathe.profile.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.engine.RunTarget;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What is kept of an interface that names no card changes with the card and its driver.
class GraphicsHardwareTest {
    private static DeviceStatus card(int number, String name, Map<String, String> facts) {
        return new DeviceStatus(
                new Device("gpu:" + number, name, DeviceKind.GPU, List.of(), OptionalLong.empty(), List.of()),
                GpuProvider.NO_ENGINE,
                facts);
    }

    @Test
    void anotherCardDriverOrVulkanLibraryIsOtherHardware() {
        DeviceStatus one = card(0, "A card", Map.of("Driver", "1.0"));
        assertThat(GraphicsHardware.words(List.of(one), Map.of())).contains("A card (1.0)");
        assertThat(GraphicsHardware.words(List.of(card(0, "A card", Map.of("Driver", "2.0"))), Map.of()))
                .contains("A card (2.0)");
        assertThat(GraphicsHardware.words(List.of(one, card(1, "Another", Map.of())), Map.of()))
                .contains("A card (1.0) · Another");
        assertThat(GraphicsHardware.words(List.of(one), Map.of("VK_DRIVER_FILES", "/soft.json", "HOME", "/root")))
                .contains("A card (1.0) · VK_DRIVER_FILES=/soft.json");
        assertThat(GraphicsHardware.words(List.of(), Map.of())).isEmpty();
    }

    @Test
    void ceilingsOfTheProcessorAreItsOwnAndThoseOfAnInterfaceTheCards() {
        Device cpu = new Device("cpu", "A processor", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
        assertThat(CeilingSetup.of(new RunTarget("onnxruntime", cpu, 1)).deviceName())
                .isEqualTo("A processor");
        Device gpu = new Device(
                "webgpu:0", "WebGPU · graphics card", DeviceKind.GPU, List.of(), OptionalLong.empty(), List.of());
        assertThat(CeilingSetup.of(new RunTarget("onnxruntime", gpu, 1)).deviceName())
                .isEqualTo("WebGPU · graphics card"
                        + GraphicsHardware.ofThisMachine().map(w -> " · " + w).orElse(""));
    }
}
