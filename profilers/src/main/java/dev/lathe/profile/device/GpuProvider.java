package dev.lathe.profile.device;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Availability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import oshi.SystemInfo;
import oshi.hardware.GraphicsCard;

/// The graphics cards that the system lists (`gpu:0`, …), through OSHI. They are shown; engines reach them by
/// interfaces of their own, which are devices too ([AcceleratorProvider]).
public final class GpuProvider implements DeviceProvider {
    static final Availability NO_ENGINE = new Availability.Missing(
            "engines reach it by an interface of its maker's or the system's.",
            "Run on webgpu:0 or cuda:0, see 'lathe packs list'.");

    @Override
    public String source() {
        return "OSHI graphics cards";
    }

    @Override
    public List<DeviceStatus> devices() {
        List<DeviceStatus> found = new ArrayList<>();
        for (GraphicsCard card : new SystemInfo().getHardware().getGraphicsCards()) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("Vendor", card.getVendor());
            facts.put("Driver", card.getVersionInfo());
            OptionalLong memory = card.getVRam() > 0 ? OptionalLong.of(card.getVRam()) : OptionalLong.empty();
            Device device =
                    new Device("gpu:" + found.size(), card.getName(), DeviceKind.GPU, List.of(), memory, List.of());
            found.add(new DeviceStatus(device, NO_ENGINE, facts));
        }
        return found;
    }
}
