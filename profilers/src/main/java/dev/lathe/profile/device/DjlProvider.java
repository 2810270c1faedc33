package dev.lathe.profile.device;

import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/// What DJL's discovery adds: its engines, as a fact about the CPU, and the cards that the CUDA runtime counts
/// (`cuda:0`, …).
///
/// It asks only for the registered engines' names and for CUDA's own count: an engine object would load its
/// native library into this process, and some download it.
public final class DjlProvider implements DeviceProvider {
    @Override
    public String source() {
        return "DJL";
    }

    @Override
    public List<DeviceStatus> devices() {
        List<DeviceStatus> found = new ArrayList<>();
        String engines = String.join(", ", new TreeSet<>(Engine.getAllEngines()));
        Device cpu = new Device("cpu", "CPU", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of());
        found.add(new DeviceStatus(
                cpu,
                new Availability.Ready(engines),
                Map.of("DJL engines", engines.isEmpty() ? "none" : engines, "DJL", Engine.getDjlVersion())));
        int cards = CudaUtils.hasCuda() ? CudaUtils.getGpuCount() : 0;
        Availability usable = new AcceleratorProvider().availability(ExecutionProvider.CUDA);
        for (int i = 0; i < cards; i++) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("CUDA", CudaUtils.getCudaVersionString());
            facts.put("Compute capability", CudaUtils.getComputeCapability(i));
            long bytes = CudaUtils.getGpuMemory(ai.djl.Device.gpu(i)).getMax();
            Device card = new Device(
                    "cuda:" + i,
                    "CUDA · NVIDIA card " + i,
                    DeviceKind.GPU,
                    List.of(),
                    bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty(),
                    List.of());
            found.add(new DeviceStatus(card, usable, facts));
        }
        return found;
    }
}
