package dev.lathe.profile.device;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.nvml.NvidiaCard;
import dev.lathe.profile.nvml.Nvml;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import oshi.SystemInfo;
import oshi.hardware.GraphicsCard;

/// The graphics cards of this machine (`gpu:0`, …): those that the system lists, through OSHI, and of NVIDIA's what
/// their driver knows, which counts memory beyond 4 GiB right and sees cards in containers. They are shown; engines
/// reach them by interfaces of their own, which are devices too ([AcceleratorProvider]).
public final class GpuProvider implements DeviceProvider {
    static final Availability NO_ENGINE = new Availability.Missing(
            "engines reach it by an interface of its maker's or the system's.",
            "Run on webgpu:0 or cuda:0, see 'lathe packs list'.");

    private final Supplier<List<Listed>> listed;
    private final NvidiaCard.Opening driver;

    /// A card as the system lists it; 0 bytes where it does not tell.
    record Listed(String name, String vendor, String driver, long bytes) {
        boolean ofNvidia() {
            return (vendor + " " + name).toLowerCase(Locale.ROOT).contains("nvidia");
        }
    }

    public GpuProvider() {
        this(GpuProvider::ofThisSystem, Nvml::open);
    }

    GpuProvider(Supplier<List<Listed>> listed, NvidiaCard.Opening driver) {
        this.listed = listed;
        this.driver = driver;
    }

    private static List<Listed> ofThisSystem() {
        List<Listed> cards = new ArrayList<>();
        for (GraphicsCard c : new SystemInfo().getHardware().getGraphicsCards()) {
            cards.add(new Listed(c.getName(), c.getVendor(), c.getVersionInfo(), c.getVRam()));
        }
        return cards;
    }

    @Override
    public String source() {
        return "graphics cards";
    }

    @Override
    public List<DeviceStatus> devices() {
        Deque<NvidiaCard> known = new ArrayDeque<>(NvidiaCard.all(driver));
        List<DeviceStatus> found = new ArrayList<>();
        for (Listed card : listed.get()) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("Vendor", card.vendor());
            NvidiaCard same = card.ofNvidia() ? known.poll() : null;
            if (same == null) {
                facts.put("Driver", card.driver());
                OptionalLong memory = card.bytes() > 0 ? OptionalLong.of(card.bytes()) : OptionalLong.empty();
                found.add(status(found.size(), card.name(), memory, facts));
            } else {
                found.add(nvidia(found.size(), same, facts));
            }
        }
        while (!known.isEmpty()) {
            Map<String, String> facts = new LinkedHashMap<>(Map.of("Vendor", "NVIDIA"));
            found.add(nvidia(found.size(), known.poll(), facts));
        }
        return found;
    }

    private static DeviceStatus nvidia(int number, NvidiaCard card, Map<String, String> facts) {
        facts.putAll(card.facts());
        return status(number, card.name(), card.memoryBytes(), facts);
    }

    private static DeviceStatus status(int number, String name, OptionalLong memory, Map<String, String> facts) {
        return new DeviceStatus(
                new Device("gpu:" + number, name, DeviceKind.GPU, List.of(), memory, List.of()), NO_ENGINE, facts);
    }
}
