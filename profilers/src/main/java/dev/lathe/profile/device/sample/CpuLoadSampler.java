package dev.lathe.profile.device.sample;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.profile.engine.Availability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;

/// Load of each logical processor since the sample before, in percent, through OSHI.
public final class CpuLoadSampler implements Sampler {
    private Optional<CentralProcessor> processor = Optional.empty();
    private long[][] before = new long[0][];
    private List<Double> latest = List.of();

    @Override
    public String id() {
        return "cpu";
    }

    @Override
    public Availability availability() {
        return new Availability.Ready("load per logical core");
    }

    @Override
    public Map<String, Quantity> sample(long pid) {
        List<Double> loads = perCore();
        Map<String, Quantity> values = new LinkedHashMap<>();
        for (int i = 0; i < loads.size(); i++) {
            values.put("core " + i, Quantity.of(loads.get(i) * 100, Unit.PERCENT));
        }
        return values;
    }

    /// Load 0…1 of each logical processor since the call before; empty at the first call. A call that comes too
    /// soon after the last for the system's clock ticks (10 ms) to tell gives the last answer again.
    public List<Double> perCore() {
        CentralProcessor cpu = processor.orElseGet(() -> {
            CentralProcessor opened = Oshi.open().getHardware().getProcessor();
            processor = Optional.of(opened);
            return opened;
        });
        long[][] now = cpu.getProcessorCpuLoadTicks();
        if (before.length != now.length) {
            before = now;
            return latest;
        }
        List<Double> loads = new ArrayList<>(now.length);
        boolean advanced = true;
        for (int i = 0; i < now.length; i++) {
            long total = 0;
            for (TickType t : TickType.values()) {
                total += now[i][t.getIndex()] - before[i][t.getIndex()];
            }
            long idle =
                    ticks(now[i], TickType.IDLE, TickType.IOWAIT) - ticks(before[i], TickType.IDLE, TickType.IOWAIT);
            advanced &= total > 0;
            loads.add(total <= 0 ? 0 : Math.clamp(1 - idle / (double) total, 0.0, 1.0));
        }
        if (advanced) {
            before = now;
            latest = List.copyOf(loads);
        }
        return latest;
    }

    private static long ticks(long[] of, TickType a, TickType b) {
        return of[a.getIndex()] + of[b.getIndex()];
    }
}
