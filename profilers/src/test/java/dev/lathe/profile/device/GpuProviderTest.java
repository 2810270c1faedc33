package dev.lathe.profile.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.nvml.NvidiaCard;
import dev.lathe.profile.nvml.Nvml;
import dev.lathe.profile.nvml.PretendNvml;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the system lists and what NVIDIA's driver knows, against a driver whose functions are Java methods.
class GpuProviderTest {
    private static final GpuProvider.Listed INTEL = new GpuProvider.Listed("Iris Xe", "Intel", "1.2", 128 << 20);
    private static final GpuProvider.Listed LISTED_4090 =
            new GpuProvider.Listed("AD102 [GeForce RTX 4090]", "NVIDIA Corporation (0x10de)", "unknown", 256 << 20);

    private final PretendNvml pretend = new PretendNvml();

    @AfterEach
    void close() {
        pretend.close();
    }

    private List<DeviceStatus> devices(NvidiaCard.Opening driver, GpuProvider.Listed... listed) {
        return new GpuProvider(() -> List.of(listed), driver).devices();
    }

    private Nvml driver() throws Nvml.Refused {
        return Nvml.open(pretend.symbols());
    }

    @Test
    void aCardOfNvidiaIsToldAsItsDriverKnowsItAndOthersAsTheSystemDoes() {
        pretend.card("NVIDIA GeForce RTX 4090", 0);
        List<DeviceStatus> found = devices(this::driver, INTEL, LISTED_4090);
        assertThat(found).extracting(s -> s.device().id()).containsExactly("gpu:0", "gpu:1");
        assertThat(found.get(0).device().memoryBytes()).hasValue(128 << 20);
        assertThat(found.get(0).facts()).containsEntry("Driver", "1.2").doesNotContainKey("Compute capability");
        DeviceStatus card = found.get(1);
        assertThat(card.device().name()).isEqualTo("NVIDIA GeForce RTX 4090");
        assertThat(card.device().memoryBytes()).hasValue(24L << 30);
        assertThat(card.facts())
                .containsEntry("Vendor", "NVIDIA Corporation (0x10de)")
                .containsEntry("Driver", "NVIDIA 575.57.08")
                .containsEntry("Compute capability", "8.9")
                .containsEntry("Highest clock", "3105 MHz")
                .containsEntry("Memory bus", "384 bits at 10501 MHz: at most 1008 GB/s")
                .containsEntry("Power limit", "450 W");
        assertThat(pretend.isShutDown()).isTrue();
    }

    @Test
    void cardsThatOnlyTheDriverSeesAsInAContainerAreListed() {
        pretend.card("NVIDIA H200", 0);
        pretend.card("NVIDIA H200", 0);
        List<DeviceStatus> found = devices(this::driver);
        assertThat(found).extracting(s -> s.device().name()).containsExactly("NVIDIA H200", "NVIDIA H200");
        assertThat(found.get(1).device().id()).isEqualTo("gpu:1");
        assertThat(found.get(1).facts()).containsEntry("Vendor", "NVIDIA");
    }

    @Test
    void anOldDriverTellsLess() {
        pretend.card("Old", 0);
        pretend.tellLess();
        DeviceStatus card = devices(this::driver).getFirst();
        assertThat(card.device().memoryBytes()).isEmpty();
        assertThat(card.facts()).containsOnlyKeys("Vendor", "Driver");
    }

    @Test
    void withoutADriverTheSystemsListIsAllThereIs() {
        pretend.refuse();
        DeviceStatus card = devices(this::driver, LISTED_4090).getFirst();
        assertThat(card.device().name()).contains("AD102");
        assertThat(card.facts()).containsEntry("Driver", "unknown");
        assertThat(devices(this::driver)).isEmpty();
    }
}
